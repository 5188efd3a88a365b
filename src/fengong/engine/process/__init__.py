"""What a log of handled cases tells: people, tiers, topics, hours, effort, difficulty, and how the work went.

A log comes in as arrays (`log.EventLog`); `infer.infer` turns it into a desk the simulator can run and into the
recorded outcomes it is compared with. Reading files is not done here.
"""
