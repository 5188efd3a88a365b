"""The commands of `fengong`, one a file; each file's first docstring line is its help, `command` is the entry."""
