"""Webhooks: the pages of endpoints and of what was delivered to them."""
