"""From what is to be said to the mail that says it. Pure: no table, no network, no clock."""
