"""The room Today."""
