"""What tickets are filed under: types, fields, tags; and templates of tickets."""
