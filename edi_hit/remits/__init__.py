"""Remittance and its parts; the 835 declaration and its balance."""
