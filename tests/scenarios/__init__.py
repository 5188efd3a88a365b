"""What users of other desks complain about, played through here: each complaint is a file, each test one way out.

They act through the verbs alone and look at what a person at the desk would see: who has a ticket, and why.
"""
