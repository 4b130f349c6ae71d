"""Professional claims in the JSON shape of clearinghouse APIs (`medicalnetwork/professionalclaims/v3`).

Each row of medicalnetwork.csv tells a field of the shape and where its value stands in a claim, for both
ways. A row whose form begins with `@` stands for all rows of that part.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

import msgspec

from edi_hit.claims import Claim
from edi_hit.formats.records.read_record import WrongRecordError, record_of
from edi_hit.formats.shapes.paths import AT, FIELD, Indices, Path, found, parsed, put
from edi_hit.formats.shapes.values import DETAILS, meant_value, shown_value

BILLING = "BillingProvider"
"""What `providerType` of the billing provider says; nothing else is looked for."""

SELF = "18"
"""The relationship of a subscriber who is the patient (SBR02), where there is no `dependent`."""

TOLD_ELSEWHERE = ("submission.created_on", "submission.created_at", "submission.receiver.id")
"""What a clearinghouse knows of a submission, and a document of the shape does not say."""


class Row(NamedTuple):
    """A field of the shape, where it stands in a claim, and the form of its value."""

    json: Path
    claim: Path
    form: str


@cache
def rows() -> tuple[Row, ...]:
    """Give all fields of the shape."""
    text = (files("edi_hit.formats.shapes") / "medicalnetwork.csv").read_text(encoding="utf-8")
    parts: dict[str, list[dict[str, str]]] = {}
    for line in csv.DictReader(text.splitlines()):
        parts.setdefault(line["of"], []).append(line)
    given: dict[str, Row] = {}
    for json, claim, form in _expanded(parts, "claim", "", ""):
        given.setdefault(json, Row(parsed(json), parsed(claim, Claim), form))
    return tuple(given.values())


def _expanded(
    parts: dict[str, list[dict[str, str]]], part: str, json: str, claim: str
) -> Iterator[tuple[str, str, str]]:
    for line in parts[part]:
        inner_json, inner_claim = _joined(json, line["json"]), _joined(claim, line["claim"])
        if line["form"].startswith("@"):
            yield from _expanded(parts, line["form"][1:], inner_json, inner_claim)
        else:
            yield inner_json, inner_claim, line["form"]


def _joined(path: str, more: str) -> str:
    return path + more if not path or not more or more.startswith("[") else f"{path}.{more}"


def medicalnetwork_of(claim: Claim) -> dict[str, Any]:
    """Give a professional claim as a document of the shape; `not_held` tells what it has no place for."""
    document: dict[str, Any] = {}
    for row in rows():
        for indices, value in found(claim, row.claim):
            shown = shown_value(value, row.form)
            if shown:
                put(document, row.json, indices, shown)
    document.setdefault("billing", {})["providerType"] = BILLING
    for line in document.get("claimInformation", {}).get("serviceLines", ()):
        if line.get("serviceDateEnd") == line.get("serviceDate"):
            line.pop("serviceDateEnd", None)
    return document


def not_held(claim: Claim, document: dict[str, Any]) -> list[str]:
    """Give the paths of the fields of `claim` that its `document` does not give back."""
    try:
        again = claim_of(document)
    except WrongRecordError as error:
        return [error.path.removeprefix(".")]
    return [path for path in _differences(claim, again, "") if path not in TOLD_ELSEWHERE]


def claim_of(document: dict[str, Any]) -> Claim:
    """Give the claim that a document of the shape is.

    Raises `WrongRecordError` where a field is unknown, missing, or not of its form.
    """
    _check_known(document, _known(), "")
    record: dict[str, Any] = {"kind": "professional"}
    for row in rows():
        for indices, value in found(document, row.json):
            put(record, row.claim, indices, meant_value(value, row.form, _shown_path(row.json, indices)))
    _complete(record)
    return cast("Claim", record_of(record))


def _complete(record: dict[str, Any]) -> None:
    """Put in what a document leaves to be understood."""
    if "patient" not in record:
        record.setdefault("subscriber", {})["relationship"] = SELF
    for line in record.get("lines", ()):
        dates = line.get("service_dates", {})
        if "start" in dates:
            dates.setdefault("end", dates["start"])
        if "equipment" in line:
            line["equipment"]["code"] = line.get("procedure_code", "")


@cache
def _known() -> dict[str, Any]:
    """The fields of the shape, as objects in each other."""
    known: dict[str, Any] = {"usageIndicator": {}, "billing": {"providerType": {}}}
    for row in rows():
        at = known
        for step in row.json:
            if step.kind == FIELD:
                at = at.setdefault(step.name, {})
        if row.form == "adjustments":
            at.update(adjustmentGroupCode={}, adjustmentDetails={name: {} for name in DETAILS})
    return known


def _check_known(value: object, known: dict[str, Any], path: str) -> None:
    if isinstance(value, list):
        for index, one in enumerate(value):
            _check_known(one, known, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in known:
                raise WrongRecordError("a field that no claim has a place for", path)
            _check_known(one, known[key], f"{path}.{key}")


def _shown_path(path: Path, indices: Indices) -> str:
    left = iter(indices)
    names = {FIELD: ".{}", AT: "[{}]"}
    return "".join(names[s.kind].format(s.name) if s.kind in names else f"[{next(left)}]" for s in path)


def _differences(left: object, right: object, path: str) -> Iterator[str]:
    """The paths at which two structures differ."""
    if isinstance(left, msgspec.Struct) and type(left) is type(right):
        for name in left.__struct_fields__:
            inner = f"{path}.{name}" if path else name
            yield from _differences(getattr(left, name), getattr(right, name), inner)
    elif isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif left != right:
        yield path
