"""Ability and difficulty learned from outcomes.

`fit` learns from a record of outcomes at once, `Online` and `observe` follow one outcome after another; both end in
`Ratings`, plain arrays that can be stored. `predict`, `performance` and `suggestions` read them. The model and its
likelihood stand in `priors`. Not here: where outcomes come from, and what is done with what was learned.
"""
