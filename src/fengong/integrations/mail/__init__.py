"""Mailboxes: mail in and out, its threads, its deliveries."""
