"""Small teams, exactly: what the best possible policy costs, and what any given policy costs, without a simulation.

A team is small when all its states can be listed. What lives here: the states, the optimum by relative value iteration,
the cost of a policy given as a table of actions, and classical rules as such tables. What does not: anything that must
work for a team of any size.
"""
