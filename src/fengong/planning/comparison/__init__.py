"""Two policies over the desk's own past: the spine as a log, both run on the same tickets and the same luck."""
