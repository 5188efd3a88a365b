"""Accounts, teams, positions, topics, members, skills, and who may do what."""
