"""The page Skills: members by topics, what each source says, ramps of newcomers, stretch work."""
