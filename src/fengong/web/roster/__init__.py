"""The room Roster: who works when, and how the time was spent."""
