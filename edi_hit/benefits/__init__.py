"""A package per benefit: its rules and its pricing, as pure functions."""
