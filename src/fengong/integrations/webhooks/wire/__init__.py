"""What goes over the wire: signatures, which addresses may be spoken to, one request. It touches no table."""
