"""Rosters as files: tables and calendars, read line by line and written."""
