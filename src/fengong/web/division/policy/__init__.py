"""The policy of dispatch: edited, tried on the last tickets and on a month, published, returned to."""
