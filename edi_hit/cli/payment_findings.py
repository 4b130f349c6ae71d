"""What is wrong with the 835s of a job, for standard error and JSON. Without data of the files."""

from collections.abc import Iterable

import click
import msgspec

from edi_hit.cli.finding_text import FindingPrinter
from edi_hit.jobs.payment_files import PaymentFile
from edi_hit.rules import Finding


def print_file_findings(files: Iterable[PaymentFile], *, errors_only: bool) -> None:
    """Print the findings of each file, and how many more there are."""
    for file in files:
        print_findings(file.file.label, file.findings, errors_only=errors_only)
        if file.more and not errors_only:
            click.echo(
                f"{file.file.label}: {file.more} more findings: edi-hit validate shows them all", err=True
            )


def print_findings(label: str, findings: Iterable[Finding], *, errors_only: bool) -> None:
    """Print findings under a heading."""
    printer = FindingPrinter(label)
    for finding in findings:
        if finding.is_error or not errors_only:
            click.echo("\n".join(printer.lines(without_value(finding))), err=True)


def without_value(finding: Finding) -> Finding:
    """A finding without what stands in the file."""
    return msgspec.structs.replace(finding, value=None)


def file_document(file: PaymentFile) -> dict[str, object]:
    """A file's counts and its first findings."""
    summary: dict[str, object] = msgspec.to_builtins(file.summary)
    findings = [without_value(finding) for finding in file.findings]
    return {**summary, "findings": findings, "more_findings": file.more}
