"""From the rules a lead describes to the dials of the engine."""
