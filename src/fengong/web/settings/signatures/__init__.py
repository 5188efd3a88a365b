"""The page of signatures."""
