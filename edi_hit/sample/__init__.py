"""Synthetic, valid home-infusion files."""
