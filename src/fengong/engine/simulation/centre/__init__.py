"""A service centre described by rates and distributions, simulated as machine code for as long as one likes.

`model` says what goes in: `streams` of tickets, `people`, `behaviour`; `durations` are the distributions.
`run.simulate` runs it under a policy of `routing.kernels.choose`, the code that dispatches live; `result` says what
comes out. The other modules are the machine room.
"""
