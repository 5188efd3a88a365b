"""What stands behind bin/: set up, test, check. What runs before anything is installed needs only Python."""
