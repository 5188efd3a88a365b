"""Coming in, going out, and how one reads."""
