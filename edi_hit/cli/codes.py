"""`edi-hit codes`: what the reference tables say of a code."""

from collections.abc import Iterator
from datetime import date, datetime

import click
import msgspec

from edi_hit.cli.options import DAY, format_option, tables_option
from edi_hit.reference import CodeText, Tables
from edi_hit.rules import in_words

_NOT_KNOWN = 1


class CodeAnswer(msgspec.Struct, frozen=True):
    """What is known of one code. `known` is false where no table has it on the day asked for.

    `statements` are those that hold on that day, or all of them where no day was asked for; `others` are
    those of other days.
    """

    code: str
    known: bool
    statements: list[CodeText]
    others: list[CodeText]


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--on", type=DAY, metavar="DATE", help="Only what holds on this day (YYYY-MM-DD).")
@format_option
@tables_option
@click.pass_context
def command(
    context: click.Context,
    codes: tuple[str, ...],
    on: datetime | None,
    form: str,
    tables: Tables,
) -> None:
    """Say what codes mean: services, drugs, supplies, modifiers, adjustment and remark codes.

    Each statement comes with its dates, its source and how sure it is. The same code can mean different
    things in different places; all of them are shown.

    \b
    Examples:
      edi-hit codes G0068 J1559 E0781
      edi-hit codes CO 109 N104 --format json

    Exit code 1 where no table has one of the codes (with --on: has it on that day).
    """
    day = on.date() if on else None
    answers = [_answer(tables, code.strip().upper(), day) for code in codes]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode({"codes": answers}), indent=2).decode())
    else:
        click.echo("\n".join(line for answer in answers for line in _lines(answer, day)))
    context.exit(0 if all(answer.known for answer in answers) else _NOT_KNOWN)


def _answer(tables: Tables, code: str, on: date | None) -> CodeAnswer:
    texts = tables.describe(code)
    holding = [text for text in texts if _holds(text, on)]
    others = [text for text in texts if not _holds(text, on)]
    return CodeAnswer(code=code, known=bool(holding), statements=holding, others=others)


def _holds(text: CodeText, on: date | None) -> bool:
    if on is None:
        return True
    begun = text.effective_from is None or text.effective_from <= on
    return begun and (text.effective_through is None or on <= text.effective_through)


def _lines(answer: CodeAnswer, on: date | None) -> Iterator[str]:
    if answer.known:
        yield answer.code
        for text in answer.statements:
            yield from _statement(text)
    elif answer.others:
        yield f"{answer.code}: no table has it on {on}; on other days:"
        for text in answer.others:
            yield from _statement(text)
    else:
        yield f"{answer.code}: no table has this code"


def _statement(text: CodeText) -> Iterator[str]:
    yield f"  {text.kind}: {text.text}"
    dates = _dates(text)
    if dates:
        yield f"    in effect: {dates}"
    yield f"    source: {text.source} ({in_words(text.confidence)})"


def _dates(text: CodeText) -> str:
    start = f"from {text.effective_from}" if text.effective_from else ""
    end = f"through {text.effective_through}" if text.effective_through else ""
    return " ".join(part for part in (start, end) if part)
