"""Mailboxes, the log of their mail, and mail that could not be read."""
