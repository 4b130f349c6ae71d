"""The doors that are no command: the HTTP service."""
