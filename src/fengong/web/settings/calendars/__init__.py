"""Settings of business calendars: weekly hours, holidays, single days."""
