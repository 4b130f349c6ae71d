"""Translates a body from the form it has to another."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from edi_hit.exchange.http.job_record import Answer
from edi_hit.exchange.http.operations.work import STEM, X12_BODIES, Operation, Work
from edi_hit.formats.shapes import Address
from edi_hit.jobs.forms import Form, form_named
from edi_hit.jobs.output_targets import all_written_to
from edi_hit.jobs.translate import Translation
from edi_hit.profiles.http_service import Scope
from edi_hit.rules import ConfigError

TYPES = {
    "x12": "application/edi-x12",
    "xml": "application/xml",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "application/zip",
    "parquet": "application/zip",
}
"""The content type of each form; a form that is several files is a ZIP of them."""

_PartnerId = Annotated[str, msgspec.Meta(pattern="^[!-)+-9;-\\]_-}]{2,15}$")]


class TranslateQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parameters of `translate`: the form wanted, and who sends claims to whom where they do not say so."""

    to: Annotated[
        Literal["x12", "xml", "json", "ndjson", "csv", "parquet"],
        msgspec.Meta(description="The form to write"),
    ]
    view: Annotated[
        Literal["loops", "claims"] | None, msgspec.Meta(description="All of the X12, or its claims")
    ] = msgspec.field(name="as", default=None)
    shape: Annotated[
        Literal["medicalnetwork"] | None, msgspec.Meta(description="Write JSON claims in the shape of others")
    ] = None
    sender: _PartnerId | None = None
    receiver: _PartnerId | None = None
    as_of: date | None = None
    validate: Annotated[bool, msgspec.Meta(description="Check a document against its schema")] = False


def _translate(work: Work) -> Answer:
    query: TranslateQuery = work.query
    view = query.shape or query.view
    form = form_named(query.to, view)
    paths = form.paths(work.outputs / f"{STEM}{form.suffix}")
    translation = Translation(query.to, view, validate=query.validate, address=_address(query))
    with all_written_to(paths, force=False) as outs:
        translation.write(work.body, outs, work.bytes_read())
    headers = {"edi-hit-errors": str(translation.errors)}
    if translation.cut_off:
        headers["edi-hit-cut-off"] = "true"
    told = f"to {form.name}, {translation.errors} errors"
    return Answer(_one_file(work.outputs, paths, form), TYPES[form.name], told, headers)


def _address(query: TranslateQuery) -> Address | None:
    given = (query.sender, query.receiver, query.as_of)
    if query.sender and query.receiver and query.as_of:
        return Address(query.sender, query.receiver, query.as_of)
    if any(given):
        raise ConfigError("sender, receiver and as_of go together")
    return None


def _one_file(folder: Path, paths: list[Path], form: Form) -> str:
    if not form.tables:
        return paths[0].name
    name = f"{STEM}.zip"
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return name


TRANSLATE = Operation(
    name="translate",
    summary="Turn X12 into XML, JSON, tables or claims, and back",
    description=(
        "The form of the body is told from its content. The answer is the document; `edi-hit-errors` counts "
        "the errors of X12 that was read as claims, `edi-hit-cut-off` tells that it was cut off."
    ),
    scope=Scope.TRANSLATE,
    query=TranslateQuery,
    bodies=(*X12_BODIES, "application/json", "application/xml", "application/x-ndjson"),
    answers=dict.fromkeys(TYPES.values()),
    work=_translate,
)
