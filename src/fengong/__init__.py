"""Fengong (分工): the system a service team runs on."""
