"""Pure calculations: no framework, no files, no clock, no dice of its own."""
