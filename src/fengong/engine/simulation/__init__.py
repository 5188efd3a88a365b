"""A seeded discrete-event simulation of a service desk that runs the very policies that dispatch live.

`desk` says what goes in (people, tickets, behaviour), `run.simulate` runs it, `outcome` says what comes out and
`measure` turns that into figures. `recorded` replays the routes a log recorded, by the same machinery.
"""
