"""Claim, ServiceLine and their parts; the 837P declaration."""
