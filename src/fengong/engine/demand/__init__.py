"""How much comes in, and when it is suddenly more: what is expected from the past, and surges beyond it.

A surge is called by a Shiryaev-Roberts detector, whose false alarms are bounded by a martingale and not by tuning: see
`surge`. What is not here: who is told, and what is done about it.
"""
