"""The chat window inside other sites: its script, its page, and what it asks and tells."""
