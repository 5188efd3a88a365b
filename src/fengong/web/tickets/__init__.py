"""The room Tickets."""
