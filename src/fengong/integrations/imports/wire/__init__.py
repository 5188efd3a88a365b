"""Fetching from the API of another desk: pages of objects, as patiently as it asks for, each with the list it is of."""
