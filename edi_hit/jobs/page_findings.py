"""Findings as a page shows them: with their segment, the fault in it marked."""

from edi_hit.jobs.validate import FileCheck
from edi_hit.report.findings_page import PageFinding
from edi_hit.rules import Finding


def page_finding(check: FileCheck, finding: Finding) -> PageFinding:
    """Give a finding that `check` has just yielded with its segment, where the check keeps those."""
    segment = check.marked(finding)
    if segment is None:
        return PageFinding(finding)
    end = segment.start + segment.length if finding.element else segment.start
    text = segment.text
    return PageFinding(finding, text[: segment.start], text[segment.start : end], text[end:])
