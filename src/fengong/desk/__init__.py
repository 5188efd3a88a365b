"""Tickets, conversations, promised times, and the effort each member holds."""
