"""One process tree that serves: a supervisor, web processes that share one socket, and a worker."""
