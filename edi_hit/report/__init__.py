"""Pages and tables for people."""

from edi_hit.report.run_report import run_report

__all__ = ["run_report"]
