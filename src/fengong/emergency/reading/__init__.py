"""Reads that compute: who would be called, what a swarm did, what the past leads one to expect."""
