"""The room Division."""
