"""The stream that tells open pages what changed, and who may hear it."""
