"""Whether duties, skills and the roster cover the work of a week, and what a change of them would open or close."""
