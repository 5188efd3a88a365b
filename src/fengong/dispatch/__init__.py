"""Who does what now: triage, the waiting queue, decisions, escalation."""
