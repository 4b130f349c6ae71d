"""What the tables say about a code, in words: for `edi-hit codes` and for reports."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import msgspec

from edi_hit.reference.adjustment_codes import (
    CARC,
    CLAIM_STATUS_CODES,
    GROUP_CODES,
    PLB_CODES,
    RARC,
    AdjustmentCode,
    RemittanceCode,
)
from edi_hit.reference.cells import Cells
from edi_hit.reference.dated import ALWAYS, Period
from edi_hit.reference.hit_tables import HIT_CODES, HIT_DRUGS, HIT_RATES, HitCode, HitDrug, HitRate
from edi_hit.reference.layout import Layout
from edi_hit.reference.medicare_tables import CONTRACTORS, PUMP_CODES, Contractor, PumpCode
from edi_hit.reference.money import amount_text
from edi_hit.reference.store import TableStore

Row = TypeVar("Row", HitCode, HitRate, HitDrug, PumpCode, Contractor, AdjustmentCode, RemittanceCode)


class CodeText(msgspec.Struct, frozen=True):
    """One statement a table makes about a code; dates are None where the table gives none."""

    code: str
    kind: str
    text: str
    source: str
    confidence: str
    effective_from: date | None = None
    effective_through: date | None = None


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _hit_code_text(row: HitCode) -> tuple[str, str]:
    category = f"category {row.category}" if row.category else ""
    visit = f"{row.visit_type} visit"
    return "home infusion service", _joined(row.description, category, visit, f"{row.benefit} benefit")


def _hit_rate_text(row: HitRate) -> tuple[str, str]:
    return "national amount a day", f"{amount_text(row.amount)} dollars ({row.status})"


def _hit_drug_text(row: HitDrug) -> tuple[str, str]:
    category = f"category {row.category}" if row.category else "no category known"
    modifier = f"only with modifier {row.modifier_required}" if row.modifier_required else ""
    return "home infusion drug", _joined(
        row.description, category, modifier, f"benefit: {row.benefit}", row.note
    )


def _pump_text(row: PumpCode) -> tuple[str, str]:
    support = {"Y": "supports", "N": "speaks against", "C": "says nothing about"}[row.supports_hit]
    return f"DME {row.kind}", _joined(row.description, f"{support} the home infusion benefit", row.note)


def _contractor_text(row: Contractor) -> tuple[str, str]:
    return "Medicare contractor", _joined(row.contractor_type, row.note)


def _adjustment_text(kind: str) -> Callable[[AdjustmentCode], tuple[str, str]]:
    def text(row: AdjustmentCode) -> tuple[str, str]:
        stopped = f"stopped {row.stopped_on.isoformat()}" if row.stopped_on else ""
        listed = f"in the list of {row.captured_on.isoformat()}" if row.active and row.captured_on else ""
        groups = f"only with group {' or '.join(row.group_only)}" if row.group_only else ""
        remark = "needs a remark code" if row.remark_required else ""
        return kind, _joined(row.gist or "no wording in this table", groups, remark, stopped, listed)

    return text


def _remittance_text(kind: str) -> Callable[[RemittanceCode], tuple[str, str]]:
    def text(row: RemittanceCode) -> tuple[str, str]:
        return kind, _joined(row.gist, "" if row.valid_in_5010 else "not valid in 005010X221A1")

    return text


def _provider_adjustment_text(row: RemittanceCode) -> tuple[str, str]:
    kind, text = _remittance_text("provider adjustment (PLB)")(row)
    return kind, _joined(text, "a positive amount lowers the payment")


def _plain(name: str, code: str, kind: str, *columns: str) -> Layout[CodeText]:
    """Make the layout of a table that is only read aloud: `columns` become one text."""

    def parse(cells: Cells) -> CodeText:
        period = cells.period()
        said = (cells.text(column, "") for column in columns)
        return CodeText(
            code=cells.text(code),
            kind=f"{cells.text('type')} code".replace("_", " ") if kind == "" else kind,
            text=_joined(*said),
            source=cells.source(),
            confidence=cells.confidence(),
            effective_from=_start(period),
            effective_through=period.effective_through,
        )

    return Layout(name, (code,), parse, lambda row: (row.code, row.kind))


def _start(period: Period) -> date | None:
    return None if period.effective_from == ALWAYS.effective_from else period.effective_from


PLAIN_LISTS = (
    _plain("s_codes", "hcpcs", "home infusion per diem or nursing", "gist", "unit_rule", "notes", "status"),
    _plain(
        "infusion_drugs_units",
        "hcpcs",
        "drug billing unit",
        "drug",
        "unit_qty",
        "unit_measure",
        "unit_qualifier",
    ),
    _plain("hh_gcodes", "hcpcs", "home health visit", "discipline", "gist", "unit", "claim"),
    _plain("infusion_modifiers", "modifier", "modifier", "gist", "use_in_home_infusion"),
    _plain(
        "revenue_codes_infusion", "revenue_code", "revenue code", "gist", "home_infusion_use", "hcpcs_pairing"
    ),
    _plain("institutional_codes", "code", "", "gist", "home_infusion_use"),
)


def _told(
    store: TableStore, code: str, layout: Layout[Row], text_of: Callable[[Row], tuple[str, str]]
) -> list[CodeText]:
    """Put one table's rows for `code` into words."""
    table = store.table(layout)
    texts = []
    for entry in (entry for key in table.keys_of(code) for entry in table.of(key)):
        kind, text = text_of(entry.value)
        texts.append(
            CodeText(
                code=code,
                kind=kind,
                text=text,
                source=entry.value.source,
                confidence=entry.value.confidence,
                effective_from=_start(entry.period),
                effective_through=entry.period.effective_through,
            )
        )
    return texts


def describe(store: TableStore, code: str) -> list[CodeText]:
    """Give everything the tables say about `code`, in the tables' order; empty for an unknown code."""
    found = [
        *_told(store, code, HIT_CODES, _hit_code_text),
        *_told(store, code, HIT_RATES, _hit_rate_text),
        *_told(store, code, HIT_DRUGS, _hit_drug_text),
        *_told(store, code, PUMP_CODES, _pump_text),
        *_told(store, code, CONTRACTORS, _contractor_text),
        *_told(store, code, GROUP_CODES, _remittance_text("adjustment group (CAS01)")),
        *_told(store, code, CARC, _adjustment_text("adjustment reason (CARC)")),
        *_told(store, code, RARC, _adjustment_text("remark (RARC)")),
        *_told(store, code, CLAIM_STATUS_CODES, _remittance_text("claim status (CLP02)")),
        *_told(store, code, PLB_CODES, _provider_adjustment_text),
    ]
    for layout in PLAIN_LISTS:
        table = store.table(layout)
        found.extend(entry.value for key in table.keys_of(code) for entry in table.of(key))
    return found
