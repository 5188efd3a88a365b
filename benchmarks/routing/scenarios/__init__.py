"""The desks the policies are compared on. Everything a policy may be tuned on or judged by is said here."""
