"""Whole-file work: validate, adjudicate."""
