"""`edi-hit coverage`: who pays the drug, the pump and supplies, and the visits."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from edi_hit.benefits.commercial import GIVEN, Dosing, per_diem_code, per_diem_therapies
from edi_hit.benefits.coverage import (
    Network,
    Visit,
    claims_for,
    dispensing,
    part_d_table,
    payment_matrix,
    plan,
    read_patient,
)
from edi_hit.benefits.coverage.home_health_visits import DRUG_CLASSES, VISIT_CONTENTS, VISITORS
from edi_hit.cli.coverage_text import matrix_lines, part_d_lines, plan_lines, visit_lines
from edi_hit.cli.options import DAY, format_option, tables_option
from edi_hit.identifiers import hcpcs
from edi_hit.reference import Tables

F = TypeVar("F", bound=Callable[..., object])
_YES_NO = click.Choice(["Y", "N"], case_sensitive=False)
_POSITIVE = click.FloatRange(min=0, min_open=True, max=10_000)
_COLUMN_NAMES = {"token_normalize_func": lambda token: token.replace("_", "-")}
"""Lets an option be written as its column is: `--on_formulary` too."""


def _question(name: str, help_: str, kind: click.Choice[str] = _YES_NO) -> Callable[[F], F]:
    return click.option(f"--{name.replace('_', '-')}", name, type=kind, help=help_)


@click.group()
def command() -> None:
    """Say who pays which part of home infusion therapy, before there is a claim."""


@command.command()
@format_option
def matrix(form: str) -> None:
    """Print the payment matrix: each payer, and what it covers of the therapy.

    \b
    Example:
      edi-hit coverage matrix --format json
    """
    cells = payment_matrix()
    _print(form, cells, lambda: matrix_lines(cells))


@command.command("part-d", context_settings=_COLUMN_NAMES)
@_question("covered_by_part_a_or_b", "Whether Part A or Part B covers the drug.")
@_question("excluded_from_part_d", "Whether the drug is excluded from Part D.")
@_question("on_formulary", "Whether the drug is on the plan's formulary.")
@_question("network_type", "What the plan's network has.", click.Choice([*Network], case_sensitive=False))
@_question("ancillary_assurance", "Whether somebody has taken on services and supplies.")
@_question("other_entity_available", "Whether another entity (agency, VNA) can give the services.")
@_question("dual_eligible", "Whether the patient has Medicaid too.")
@_question("advantage_plan_covers", "Whether the Medicare Advantage plan covers home infusion (PD-40).")
@_question("usable_form", "Whether the drug arrives ready for use.")
@click.option("--table", is_flag=True, help="Print the decision for every combination of inputs.")
@format_option
@click.pass_context
def part_d(context: click.Context, /, table: bool, form: str, **answers: str | None) -> None:
    """Decide on a home infusion drug under Part D: who pays, and whether to dispense.

    Questions on which the answer does not depend may be left out. Part D itself is billed on NCPDP D.0,
    never on an 837.

    \b
    Examples:
      edi-hit coverage part-d --covered-by-part-a-or-b N --excluded-from-part-d N --on-formulary Y
                              --network-type FULL --ancillary-assurance N --dual-eligible Y
      edi-hit coverage part-d --table --format json
    """
    if table:
        rows = part_d_table()
        _print(form, rows, lambda: (" ".join(list(row.values())[:-1]) for row in rows))
        return
    given = {name: _given(answer) for name, answer in answers.items() if answer is not None}
    usable, covers = given.pop("usable_form", None), given.pop("advantage_plan_covers", False)
    found = dispensing(given, usable_form=_flag(usable), advantage_plan_covers=covers is True)
    if isinstance(found, tuple):
        wanted = ", ".join(f"--{name.replace('_', '-')}" for name in found)
        raise click.UsageError(f"the answer still depends on {wanted}", context)
    _print(form, found.as_json(), lambda: part_d_lines(found))


@command.command("home-health", context_settings=_COLUMN_NAMES)
@click.option("--under-hh-plan-of-care", type=_YES_NO, required=True, help="Whether one is in force.")
@click.option("--visit-content", type=click.Choice(VISIT_CONTENTS, case_sensitive=False), required=True)
@click.option("--hha-is-qualified-hit-supplier", type=_YES_NO, required=True)
@click.option("--visit-made-by", type=click.Choice(VISITORS, case_sensitive=False), required=True)
@click.option("--drug-class", type=click.Choice(DRUG_CLASSES, case_sensitive=False), default="HIT_DRUG")
@click.option("--on", type=DAY, metavar="DATE", help="Day of the visit; before 2021 other rules held.")
@format_option
@click.pass_context
def home_health(context: click.Context, /, on: datetime | None, form: str, **answers: str) -> None:
    """Say which claim a nurse's visit goes on: home health, home infusion therapy, both or none (s.320.4.1).

    Exit code 1 where the table says nothing of such a visit: that is not known.
    """
    found = claims_for(msgspec.convert({**answers, "on": on.date() if on else None}, Visit))
    _print(form, found, lambda: visit_lines(found))
    context.exit(0 if found else 1)


@command.command("per-diem")
@click.option("--therapy", required=True, metavar="CLASS", help="Class of the therapy, such as tpn.")
@click.option("--interval-hours", type=click.IntRange(min=1), metavar="N", help="Hours from dose to dose.")
@click.option("--liters", type=_POSITIVE, metavar="N", help="Liters a day.")
@click.option("--hours", type=_POSITIVE, metavar="N", help="Hours a day the infusion runs.")
@click.option("--given", type=click.Choice(GIVEN), help="How it is given, where that tells the code.")
@tables_option
@format_option
def per_diem(
    therapy: str,
    interval_hours: int | None,
    liters: float | None,
    hours: float | None,
    given: str | None,
    tables: Tables,
    form: str,
) -> None:
    """Say which per diem code (S-code) a therapy takes, by dosing interval, volume or duration.

    \b
    Examples:
      edi-hit coverage per-diem --therapy anti_infective --interval-hours 8
      edi-hit coverage per-diem --therapy tpn --liters 2.5
    """
    therapies = per_diem_therapies(tables)
    if therapy not in therapies:
        raise click.UsageError(f"--therapy: one of {', '.join(therapies)} is wanted")
    dosing = Dosing(interval_hours, _decimal(liters), _decimal(hours), given or "")
    found = per_diem_code(therapy, dosing, tables)
    _print(form, found, lambda: (f"{found.code}  {found.description}", f"  {found.why}", f"  {found.source}"))


@command.command("plan")
@click.option("--drug", required=True, metavar="CODE", help="HCPCS code of the drug.")
@click.option("--pump", default="", metavar="CODE", help="HCPCS code of the pump or device.")
@click.option(
    "--patient",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What is known of the patient (TOML, see docs/coverage.md).",
)
@tables_option
@format_option
def plan_command(drug: str, pump: str, patient: Path, tables: Tables, form: str) -> None:
    """Plan one therapy: who is billed for drug, pump, supplies and visits, how, and with which codes.

    \b
    Example:
      edi-hit coverage plan --drug J1569 --pump E0781 --patient examples/coverage/patient.toml
    """
    found = plan(_code(drug, "--drug"), _code(pump, "--pump") if pump else "", read_patient(patient), tables)
    _print(form, found, lambda: plan_lines(found))


def _print(form: str, document: object, lines: Callable[[], Iterable[str]]) -> None:
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    else:
        click.echo("\n".join(lines()))


def _given(answer: str) -> bool | Network:
    return answer == "Y" if answer in ("Y", "N") else Network(answer)


def _flag(answer: bool | Network | None) -> bool | None:
    return None if answer is None else answer is True


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _code(code: str, option: str) -> str:
    try:
        return hcpcs.validate(code)
    except ValueError as error:
        raise click.UsageError(f"{option}: {error}") from error
