"""Work behind the pages: sweeps that find what is due, durable runs with retry, the reaper of what the dead left.

A job of the Django Tasks API is only a wake-up; it may be lost or doubled. What must happen stands in a table.
"""
