"""X12 837/835 translator for home infusion therapy."""

__version__ = "0.1.0"
