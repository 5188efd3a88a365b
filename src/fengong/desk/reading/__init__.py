"""Named reads of what hangs on a ticket, by noun; `queries` reads the tickets themselves."""
