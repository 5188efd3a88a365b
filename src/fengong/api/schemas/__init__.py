"""What the API shows and takes, by noun."""
