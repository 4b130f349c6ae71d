"""The forms that the texts of the acknowledgement settings must have, so that a 999 and a 277CA are valid."""

from collections.abc import Iterable, Iterator, Mapping

from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.profiles.setting_forms import INTERCHANGE_ID, TextForm, or_nothing, printable, text_faults

PARTY_FORMS: Mapping[str, TextForm] = {
    "id": INTERCHANGE_ID,
    "qualifier": TextForm(r"01|14|20|27|28|29|30|33|ZZ", "codes of ISA05 (01, 14, 20, 27 to 30, 33, ZZ)"),
    "application": or_nothing(INTERCHANGE_ID),
}
"""ISA05 and ISA06 (15 characters), and GS02 (2 to 15 characters)."""

SOURCE_FORMS: Mapping[str, TextForm] = {"name": printable(1, 60), "id": printable(2, 80)}
"""Loop 2100A of the 277CA: NM103 and NM109."""

SET_KIND = TextForm(r"[0-9]{3}", "the three digits of a transaction set, such as 837,")
INTERCHANGE_CODE = TextForm(r"00[1-9]|01[0-9]|02[0-7]", "TA105 codes 001 to 027")
GROUP_CODE = TextForm(r"[1-6]|1[0-9]|2[3-6]", "AK905 codes (1 to 6, 10 to 19, 23 to 26)")


def acknowledgment_faults(policy: AcknowledgmentPolicy, under: str) -> Iterator[str]:
    """Yield what is wrong with the texts of a policy; `under` is where it stands in the file."""
    for name, party in (("sender", policy.sender), ("receiver", policy.receiver)):
        if party is not None:
            yield from text_faults(party, PARTY_FORMS, f"{under}.{name}")
    if policy.source is not None:
        yield from text_faults(policy.source, SOURCE_FORMS, f"{under}.source")
    yield from _wrong_codes(policy.snip_in_999_by_set, SET_KIND, f"{under}.snip_in_999_by_set")
    yield from _wrong_codes(policy.interchange_verdicts, INTERCHANGE_CODE, f"{under}.interchange_verdicts")
    yield from _wrong_codes(policy.rejecting_group_codes, GROUP_CODE, f"{under}.rejecting_group_codes")


def _wrong_codes(codes: Iterable[str], form: TextForm, place: str) -> Iterator[str]:
    if not all(form.fits(code) for code in codes):
        yield f"{place}: {form.wanted} are wanted"
