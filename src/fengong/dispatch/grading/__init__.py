"""Reading what customers write: which grader this process uses, and how it learns from the desk's own past."""
