"""Queues in closed form: how long contacts wait for a given staff, and how many people a promise takes.

What lives here: Erlang B, C and A, limited waiting room, priorities, square-root staffing, their inverses, and the
exact answer for small skill graphs. Rates and waits may use any one unit of time; the rest of the engine uses minutes.
What does not: demand that changes within the period, and anything that needs a simulation.
"""
