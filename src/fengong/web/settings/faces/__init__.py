"""Settings of what customers meet: portal and form, chat windows, surveys; and what they answered."""
