"""The ways in and out of the product, each an app of its own that knows no other."""
