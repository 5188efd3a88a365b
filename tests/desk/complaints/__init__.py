"""Complaints that users of other desks have filed for years, each as a test that passes here."""
