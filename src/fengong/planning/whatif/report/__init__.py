"""One HTML file in both languages that opens offline."""
