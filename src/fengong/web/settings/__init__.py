"""The room Settings: what leads curate and administrators configure."""
