"""A team to try the product with: people, past tickets, customers who write in, members who answer."""
