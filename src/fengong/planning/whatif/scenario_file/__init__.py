"""Reads a scenario from TOML or JSON and says of every fault in which line and column it stands."""
