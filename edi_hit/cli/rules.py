"""`edi-hit rules`: what the declared rules check, and where each comes from."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import click
import msgspec

from edi_hit.benefits import all_codes, require_known
from edi_hit.benefits.roads import roads
from edi_hit.cli.options import format_option
from edi_hit.jobs.declared_rules import declared_rules
from edi_hit.profiles import RunSettings, read_run_settings
from edi_hit.rules import Rule, in_words

_SUGGESTED = 3
"""Ids offered in place of one that does not exist."""


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--config",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    metavar="FILE",
    help="Run settings whose [codes] replace the packaged codes.",
)
@format_option
def command(ids: tuple[str, ...], config: Path | None, form: str) -> None:
    """List every declared rule, one a line; with an ID, say everything about that rule.

    A line has the rule's id, its SNIP level (checks of X12 files) or what follows where it is not met
    (benefit rules), and its title.

    \b
    Examples:
      edi-hit rules
      edi-hit rules HIT-MAC-B X12-ENV-01 --format json --config settings.toml

    Exit code 2 where no rule has the ID.
    """
    known, settings = declared_rules(), read_run_settings(config) if config else RunSettings()
    require_known(settings)
    chosen = [_find(rule_id, known) for rule_id in ids] or list(known.values())
    if form == "json":
        document = {"rules": [_document(rule, settings) for rule in chosen]}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    elif ids:
        click.echo("\n\n".join("\n".join(_details(rule, settings)) for rule in chosen))
    else:
        click.echo("\n".join(_lines(chosen)))


def _find(rule_id: str, known: dict[str, Rule]) -> Rule:
    wanted = rule_id.upper()
    rule = known.get(wanted)
    if rule is None:
        begun = [other for other in known if other.startswith(wanted)]
        near = begun[:_SUGGESTED] or get_close_matches(wanted, known, _SUGGESTED)
        advice = f"did you mean {' or '.join(near)}?" if near else "edi-hit rules lists them all."
        raise click.UsageError(f"there is no rule {rule_id}; {advice}")
    return rule


def _lines(rules: list[Rule]) -> Iterator[str]:
    id_width = max(len(rule.id) for rule in rules)
    kind_width = max(len(_kind(rule)) for rule in rules)
    for rule in rules:
        yield f"{rule.id:{id_width}}  {_kind(rule):{kind_width}}  {rule.title}"


def _kind(rule: Rule) -> str:
    if rule.snip:
        return f"SNIP {rule.snip}"
    return rule.outcome or "-"


def _document(rule: Rule, settings: RunSettings) -> dict[str, object]:
    """Everything declared of a rule, and the codes it leads to in each of its cases."""
    codes = [{"key": one.key} | msgspec.structs.asdict(one) for one in all_codes(rule.id, settings)]
    return msgspec.structs.asdict(rule) | {"codes": codes}


def _details(rule: Rule, settings: RunSettings) -> Iterator[str]:
    """Yield the title and one line for each thing declared of the rule."""
    facts = {
        "SNIP level": f"{rule.snip}, {rule.severity}" if rule.snip else None,
        "acknowledged": rule.ack,
        "not met": rule.outcome,
        "put right by": roads()[rule.road].action if rule.road else None,
        "looks at": rule.looks_at,
        "source": in_words(rule.source),
        "confidence": in_words(rule.confidence),
        "bad": rule.bad,
        "good": rule.good,
        "hint": rule.hint,
    }
    yield f"{rule.id}: {rule.title}"
    for name, text in facts.items():
        if text:
            yield f"  {name + ':':<14}{text}"
    yield from _codes(rule, settings)


def _codes(rule: Rule, settings: RunSettings) -> Iterator[str]:
    """Yield the group, reason and remark codes a violation leads to, and how sure we are of them."""
    for codes in all_codes(rule.id, settings):
        case = f" ({codes.case})" if codes.case else ""
        yield f"  {f'codes{case}:':<13} {codes} ({codes.origin}; {in_words(codes.confidence)})"
