"""Who is on shift and who is here."""
