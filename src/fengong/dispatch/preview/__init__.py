"""Policies tried on the tickets of late: the desk as it stood then, each side carrying on with its own choices."""
