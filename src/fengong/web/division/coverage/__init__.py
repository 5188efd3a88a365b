"""The page Coverage: the map of a week, what is found in it, what stands behind a cell, what would close a gap."""
