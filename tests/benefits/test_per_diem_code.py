"""Which per diem code a therapy takes."""

from decimal import Decimal

import pytest

from edi_hit.benefits.commercial import GIVEN, Dosing, per_diem_code
from edi_hit.reference import Tables
from edi_hit.reference.layout import packaged_rows

TABLES = Tables.packaged()
NOTHING = Dosing()


@pytest.mark.parametrize(
    ("therapy", "dosing", "code"),
    [
        *(
            ("anti_infective", Dosing(interval_hours=hours), code)
            for hours, code in (
                (3, "S9497"), (4, "S9504"), (6, "S9503"), (8, "S9502"), (12, "S9501"), (24, "S9500"),
                (48, "S9494"),
            )
        ),
        ("anti_infective", NOTHING, "S9494"),
        *(
            ("tpn", Dosing(liters=Decimal(liters)), code)
            for liters, code in (
                ("0.5", "S9365"), ("1", "S9365"), ("1.1", "S9366"), ("2", "S9366"), ("3", "S9367"),
                ("3.01", "S9368"),
            )
        ),
        ("tpn", NOTHING, "S9364"),
        ("hydration", Dosing(liters=Decimal("2.5")), "S9376"),
        ("hydration", Dosing(liters=Decimal(4)), "S9377"),
        ("pain", Dosing(hours=Decimal(24)), "S9326"),
        ("pain", Dosing(hours=Decimal(8)), "S9327"),
        ("pain", Dosing(hours=Decimal(24), given="implanted_pump"), "S9328"),
        ("pain", NOTHING, "S9325"),
        ("chemotherapy", Dosing(hours=Decimal(46)), "S9330"),
        ("chemotherapy", Dosing(hours=Decimal(2)), "S9331"),
        ("enteral", Dosing(given="gravity"), "S9341"),
        ("enteral", Dosing(given="pump"), "S9342"),
        ("enteral", Dosing(given="bolus"), "S9343"),
        ("catheter_care", Dosing(given="lumens=1"), "S5498"),
        ("catheter_care", Dosing(given="lumens>1"), "S5501"),
        ("catheter_care", Dosing(given="implanted_port;not_in_use"), "S5502"),
        ("catheter_care", NOTHING, "S5497"),
        ("inotrope", NOTHING, "S9348"),
        ("immunotherapy", NOTHING, "S9338"),
        ("other", NOTHING, "S9379"),
        ("other", Dosing(given="injection"), "S9542"),
    ],
)  # fmt: skip
def test_the_code_is_that_of_the_table(therapy: str, dosing: Dosing, code: str) -> None:
    found = per_diem_code(therapy, dosing, TABLES)
    assert found.code == code
    assert found.description
    assert found.why
    assert found.source


def test_every_per_diem_of_the_table_is_somebodys_code() -> None:
    dosings = [
        NOTHING,
        *(Dosing(interval_hours=hours) for hours in range(1, 73)),
        *(Dosing(liters=Decimal(liters)) for liters in range(1, 5)),
        *(Dosing(hours=Decimal(hours)) for hours in (8, 24)),
        *(Dosing(given=given) for given in GIVEN),
    ]
    per_diems = [row for row in packaged_rows("s_codes") if row["billing_kind"] == "per_diem"]
    reached = {
        per_diem_code(row["therapy_class"], dosing, TABLES).code for row in per_diems for dosing in dosings
    }
    sisters = {"S9208", "S9209", "S9211", "S9212", "S9213", "S9214", "S9335", "S9339"}
    """Conditions and kinds of dialysis: no dosing tells them apart."""
    assert {row["hcpcs"] for row in per_diems} - reached <= sisters
