"""What is said about differences is said for every kind, and of codes that exist."""

import tomllib
from importlib.resources import files

import pytest

from edi_hit.adjudication.reconcile import REVERSED, Kind
from edi_hit.reference import Tables


def table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((files("edi_hit.adjudication.reconcile") / name).read_text("utf-8"))


def test_every_kind_has_a_next_step() -> None:
    steps = table("next_steps.toml")
    assert set(steps) == {kind.value for kind in Kind}
    assert all(of_kind["step"].strip() for of_kind in steps.values())
    assert REVERSED in steps[Kind.CLAIM_MISSING.value]


def reasons() -> list[str]:
    of_steps = (reason for of_kind in table("next_steps.toml").values() for reason in of_kind)
    of_payable = (
        f"{group} {carc}" for group, carcs in table("payable_reasons.toml").items() for carc in carcs
    )
    return sorted({*of_steps, *of_payable} - {"step", REVERSED})


@pytest.mark.parametrize("reason", reasons())
def test_every_reason_named_is_a_group_and_a_reason_of_the_lists(reason: str) -> None:
    group, carc = reason.split(" ")
    assert Tables.packaged().group_code(group) is not None
    assert Tables.packaged().carc(carc) is not None
