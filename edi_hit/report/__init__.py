"""Pages and tables for people. Each is imported from its own module, so that a command loads only its own."""
