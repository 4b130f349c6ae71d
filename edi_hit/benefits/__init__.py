"""A package per benefit: its rules and its pricing, as pure functions."""

from edi_hit.benefits.registry import answer
from edi_hit.benefits.routing import Route, route

__all__ = ["Route", "answer", "route"]
