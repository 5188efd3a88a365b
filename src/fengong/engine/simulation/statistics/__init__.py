"""What numbers that differ from run to run allow one to say. Nothing here knows what was simulated.

The first axis of an array is always the replications (independent runs) or, for one long run, the time; the others
are figures and stay as they are.
"""
