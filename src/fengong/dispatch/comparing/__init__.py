"""What the matcher thinks of every member for one ticket."""
