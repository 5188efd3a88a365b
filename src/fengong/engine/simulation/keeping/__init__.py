"""Settings of `routing.keeping` found by simulation: a quick model of a team, played with common random numbers."""
