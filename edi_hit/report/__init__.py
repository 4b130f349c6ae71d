"""Pages and tables for people."""

from edi_hit.report.explanation import Explanation, explain
from edi_hit.report.explanation_text import explanation_lines
from edi_hit.report.findings_page import PageFile, PageFinding, findings_page
from edi_hit.report.reconcile_document import reconcile_document
from edi_hit.report.reconcile_page import PaidSums, reconcile_page
from edi_hit.report.reconcile_table import reconcile_table
from edi_hit.report.run_report import run_report

__all__ = [
    "Explanation",
    "PageFile",
    "PageFinding",
    "PaidSums",
    "explain",
    "explanation_lines",
    "findings_page",
    "reconcile_document",
    "reconcile_page",
    "reconcile_table",
    "run_report",
]
