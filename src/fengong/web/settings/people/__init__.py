"""Who works here and what the work is about: members with their skills and sign-ins, teams, topics."""
