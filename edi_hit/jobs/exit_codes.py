"""The exit codes of the command line; of several, the highest wins."""

CLEAN = 0
"""Done, nothing wrong found."""
FINDINGS = 1
"""Done; an error was found, or a set or claim was rejected."""
USAGE = 2
"""Wrong usage."""
NOT_X12 = 3
"""The input is not X12 at all, or is cut off."""
FAILED = 4
"""The surroundings failed: disk, ledger, a reference table that cannot be done without."""
INTERRUPTED = 130
"""Stopped by the user."""
