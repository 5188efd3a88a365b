"""What-if replay: read a history of handled cases, run it again under other ways of dividing the work, report."""
