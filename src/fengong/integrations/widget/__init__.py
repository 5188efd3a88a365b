"""Chats from the widget on a customer's pages."""
