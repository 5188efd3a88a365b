"""The customers' own pages: their tickets, and the form by which anybody writes in."""
