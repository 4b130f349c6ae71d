"""`edi-hit explain`: a decision in a biller's words."""

from pathlib import Path

import click
import msgspec

from edi_hit.cli.options import format_option
from edi_hit.jobs.decision_file import decisions_on
from edi_hit.jobs.declared_rules import declared_rules
from edi_hit.report.explanation import explain
from edi_hit.report.explanation_text import explanation_lines

_NOT_FOUND = 1


@click.command()
@click.argument("claim", metavar="CLAIM")
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    required=True,
    metavar="FILE",
    help="The decisions.ndjson of a run of edi-hit adjudicate.",
)
@format_option
@click.pass_context
def command(context: click.Context, claim: str, decisions: Path, form: str) -> None:
    """Explain what was decided on a claim, by its number (CLM01).

    For each line: what was decided, by which rule, which earlier claim it rests on, the arithmetic, what to
    change, how to have it put right (resubmission, reopening, appeal) and until when, with the source.

    \b
    Examples:
      edi-hit explain EX04-A --decisions out/decisions.ndjson
      edi-hit explain EX02-A --decisions out/decisions.ndjson --format json

    Exit code 1 where the file holds no decision on the claim.
    """
    rules = declared_rules()
    found = [explain(decision, rules) for decision in decisions_on(decisions, claim)]
    if form == "json":
        document = {"explanations": found}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    elif found:
        click.echo("\n\n".join("\n".join(map(_printable, explanation_lines(one))) for one in found))
    else:
        click.echo("the file holds no decision on this claim", err=True)
    context.exit(0 if found else _NOT_FOUND)


def _printable(line: str) -> str:
    """A line with the control characters of a file's values made visible."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)
