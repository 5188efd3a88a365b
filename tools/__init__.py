"""What stands behind bin/: set up, test, check. Only the standard library, for it runs before anything is installed."""
