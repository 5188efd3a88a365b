"""From the bytes of a mail to what it says. Pure: no table, no network, no clock."""
