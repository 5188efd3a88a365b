"""Routing as machine code: what a policy looks at and the choices it makes, shared by live dispatch and simulation.

A kernel never allocates more than it must and never keeps state between calls; what it looks at comes as one `Moment`.
"""
