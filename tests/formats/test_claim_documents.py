"""Claims and remittances as records: written, read back equal, and composed to X12 again."""

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from claim_text import GOOD, file_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mapping_strategies import built
from sample_files import each_sample

from edi_hit.claims.mapping_837p import BILLING_PROVIDER, CLAIM, PATIENT, SUBSCRIBER
from edi_hit.claims.shared_mapping import SUBMISSION
from edi_hit.formats.records import (
    Envelope,
    JsonRecordWriter,
    NdjsonRecordWriter,
    Record,
    XmlRecordWriter,
    read_json_records,
    read_ndjson_records,
    read_xml_records,
    records_of_x12,
    write_x12,
)
from edi_hit.guides import guide
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE
from edi_hit.rules import ComposeError, Finding

FILES = Path(__file__).parents[1] / "files"
FORMS = {
    "json": (JsonRecordWriter, read_json_records),
    "ndjson": (NdjsonRecordWriter, read_ndjson_records),
    "xml": (XmlRecordWriter, read_xml_records),
}

ROOT = guide("837P").root
CLAIMS = built(
    CLAIM,
    ROOT.loop("2000A").loop("2000B").loop("2300"),
    submission=built(SUBMISSION, ROOT),
    billing_provider=built(BILLING_PROVIDER, ROOT.loop("2000A")),
    subscriber=built(SUBSCRIBER, ROOT.loop("2000A").loop("2000B")),
    patient=st.none() | built(PATIENT, ROOT.loop("2000A").loop("2000B").loop("2000C")),
)
REMITTANCES = built(REMITTANCE, guide("835").root)
PAYMENTS = built(CLAIM_PAYMENT, guide("835").root.loop("2000").loop("2100"))


def records(data: bytes) -> tuple[list[Record], list[Finding]]:
    """The records of this X12, and what was found."""
    found = list(records_of_x12(data))
    return [i for i in found if not isinstance(i, Finding)], [i for i in found if isinstance(i, Finding)]


def document(items: list[Record], form: str) -> bytes:
    out = io.BytesIO()
    writer = FORMS[form][0](out)
    writer.start()
    for item in items:
        writer.record(item)
    writer.finish()
    return out.getvalue()


def read(text: bytes, form: str) -> list[Record]:
    return list(FORMS[form][1](io.BytesIO(text)))


def x12(items: list[Record]) -> bytes:
    out = io.BytesIO()
    write_x12(items, out)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["four-claims.837", "inpatient.837", "four-payments.835"])
def test_there_and_back(name: str, form: str) -> None:
    data = (FILES / name).read_bytes()
    items, findings = records(data)
    assert findings == []
    assert read(document(items, form), form) == items
    assert x12(read(document(items, form), form)) == data


@pytest.mark.parametrize("form", FORMS)
@each_sample("837P", "837I", "835", x12=True)
def test_samples_are_read_back_equal(sample: Path, form: str) -> None:
    items, _ = records(sample.read_bytes())
    assert read(document(items, form), form) == items


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(CLAIMS, REMITTANCES, PAYMENTS))
def test_any_record_is_read_back_equal(record: Record) -> None:
    for form in FORMS:
        assert read(document([record], form), form) == [record]


def test_what_a_record_looks_like() -> None:
    items, _ = records(file_of(*GOOD))
    lines = [json.loads(line) for line in document(items, "ndjson").splitlines()]
    assert [(line["format"], line["version"], line["kind"]) for line in lines] == [
        ("edi-hit claims", "1", "envelope"),
        ("edi-hit claims", "1", "professional"),
    ]
    assert lines[0]["guide"] == "005010X222A1"
    claim = lines[1]
    assert (claim["claim_id"], claim["charge"]) == ("A1", "300.50")
    assert claim["lines"][0]["service_dates"] == {"start": "2025-01-02", "end": "2025-01-02"}
    assert [line["charge"] for line in claim["lines"]] == ["200.50", "100.00"]
    whole = json.loads(document(items, "json"))
    assert [{"format": "edi-hit claims", "version": "1", **item} for item in whole["records"]] == lines


def test_numbers_are_written_in_digits() -> None:
    claim = records(file_of(*GOOD))[0][1]
    without_lines = msgspec.structs.replace(claim, lines=())
    for form in FORMS:
        assert read(document([without_lines], form), form) == [without_lines]
    for number, text in (
        (Decimal("1E+3"), "1000"),
        (Decimal("0E-7"), "0.0000000"),
        (Decimal("-1E-7"), "-0.0000001"),
    ):
        item = json.loads(document([msgspec.structs.replace(claim, charge=number)], "ndjson"))
        assert item["charge"] == text
    for number in (Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ComposeError, match="a number of a record is none"):
            document([msgspec.structs.replace(claim, charge=number)], "json")
    named = msgspec.structs.replace(claim, claim_id="1E+3")
    assert read(document([named], "json"), "json") == [named]


def test_what_no_record_can_hold_is_told() -> None:
    data = (FILES / "answers.999").read_bytes() + file_of(*GOOD).replace(b"CLM*A1*300.5", b"CLM*A1*x")
    items, findings = records(data)
    assert [type(item).__name__ for item in items] == ["Envelope", "Envelope"]
    left = [finding for finding in findings if finding.rule == "FORM-LEFT-OUT"]
    assert [(finding.claim, finding.message) for finding in left] == [
        (None, "a transaction set of another kind than claims and remittances is left out"),
        ("A1", "a claim that cannot be read is left out"),
    ]
    assert any(finding.rule != "FORM-LEFT-OUT" for finding in findings)


def test_a_remittance_that_cannot_be_read_is_left_out_with_its_payments() -> None:
    data = (FILES / "four-payments.835").read_bytes()
    items, findings = records(data.replace(b"BPR*I*340*", b"BPR*I*x*") + data)
    assert [type(item).__name__ for item in items[:3]] == ["Envelope", "Envelope", "Remittance"]
    assert "a remittance that cannot be read, with its 4 claim payments, is left out" in {
        f.message for f in findings
    }


ENVELOPE = Envelope(
    sender="A",
    receiver="B",
    created_on=date(2025, 1, 3),
    created_at="1200",
    control_number=1,
    functional_id="HC",
    guide="005010X222A1",
)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda claim, payment, remittance: [], "record 0: there are no records"),
        (lambda claim, payment, remittance: [claim], "record 1: an interchange begins with its envelope"),
        (lambda claim, payment, remittance: [ENVELOPE, claim, payment], "record 3: an interchange begins"),
        (lambda claim, payment, remittance: [ENVELOPE, claim, remittance], "record 3: an interchange begins"),
        (
            lambda claim, payment, remittance: [
                msgspec.structs.replace(ENVELOPE, delimiters="*^:a"),
                claim,
            ],
            "record 1: delimiters are four",
        ),
        (
            lambda claim, payment, remittance: [ENVELOPE, msgspec.structs.replace(claim, claim_id="A*1")],
            "record 2: a value of segment CLM holds a delimiter",
        ),
        (
            lambda claim, payment, remittance: [
                ENVELOPE,
                msgspec.structs.replace(claim, lines=claim.lines * 26),
            ],
            "record 2: .*50",
        ),
        (
            lambda claim, payment, remittance: [
                ENVELOPE,
                remittance,
                msgspec.structs.replace(payment, paid=Decimal(1)),
            ],
            "record 3: .*X12-835-BAL",
        ),
    ],
)
def test_records_no_x12_can_hold_are_refused(made, message: str) -> None:
    claim = records(file_of(*GOOD))[0][1]
    _, remittance, payment, *_ = records((FILES / "four-payments.835").read_bytes())[0]
    with pytest.raises(ComposeError, match=message):
        x12(made(claim, payment, remittance))
