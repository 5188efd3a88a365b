"""Who gets which ticket now: the situation, the rules, the policies and the explained decision.

Every policy works on the same arrays, so live dispatch (through `decide`) and simulation (straight on
`arrays`) run one and the same code. What is not here: text for people (surfaces write it from terms and
reasons), clocks, storage.
"""
