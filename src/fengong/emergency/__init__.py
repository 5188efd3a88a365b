"""Sudden events: surges that are found and answered, and swarms around one matter."""
