"""Routing as machine code: the arrays a policy looks at and the choices it makes, shared by live dispatch and simulation.

A kernel never allocates more than it must and never keeps state between calls; what it looks at comes as one of the
named tuples of `state`.
"""
