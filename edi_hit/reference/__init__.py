"""Dated tables and their look-ups; money and its one rounding."""
