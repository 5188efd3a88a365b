"""Settings of promised times: policies, what they promise, and their ladders."""
