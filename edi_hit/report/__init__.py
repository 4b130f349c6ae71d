"""Pages and tables for people."""

from edi_hit.report.findings_page import PageFile, PageFinding, findings_page
from edi_hit.report.run_report import run_report

__all__ = ["PageFile", "PageFinding", "findings_page", "run_report"]
