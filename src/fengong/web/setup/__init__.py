"""The first run: language, team and topics from a template, people, mail; each step can be left out and done later."""
