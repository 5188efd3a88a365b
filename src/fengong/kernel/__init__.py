"""What every app shares: the event spine, the clock, leases, errors, search words."""
