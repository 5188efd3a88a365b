"""What is fast and how good. Each module is a benchmark with `run(options) -> Report`; see bin/bench."""
