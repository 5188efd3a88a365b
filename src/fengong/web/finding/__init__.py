"""Finding: what the palette offers."""
