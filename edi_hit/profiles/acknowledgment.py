"""Settings of the acknowledgements sent back to a partner: which are due, what they say, who signs them."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec

SnipType = Annotated[int, msgspec.Meta(ge=1, le=7)]
InterchangeId = Annotated[str, msgspec.Meta(min_length=1, max_length=15)]
Qualifier = Annotated[str, msgspec.Meta(min_length=2, max_length=2)]


class AnswerWhen(StrEnum):
    """When a TA1 is due. `ON_ERROR`: where ISA14 asks for it, and where the interchange has an error."""

    NEVER = "never"
    ON_ERROR = "on_error"
    ASKED = "asked"
    ALWAYS = "always"


class InterchangeVerdict(StrEnum):
    """TA104: accepted, accepted with errors (not to be sent again), rejected."""

    ACCEPTED = "A"
    NOTED = "E"
    REJECTED = "R"


class AcceptedAs(StrEnum):
    """The category of an accepted claim: received only (A1), or accepted into adjudication (A2)."""

    RECEIVED = "A1"
    INTO_ADJUDICATION = "A2"


class AcknowledgmentParty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who sends or gets the acknowledgements, in place of what the inbound ISA and GS say.

    `id` is ISA06 or ISA08, `qualifier` ISA05 or ISA07; `application` GS02 or GS03, by default the id.
    """

    id: InterchangeId
    qualifier: Qualifier = "ZZ"
    application: Annotated[str, msgspec.Meta(max_length=15)] = ""


class ClaimSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers in the 277CA (Loop 2100A), in place of the receiver the 837 names (Loop 1000B).

    `entity` is PR for a payer, AY for a clearinghouse; `id_qualifier` is 46, FI, PI or XV.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    id: Annotated[str, msgspec.Meta(min_length=2, max_length=80)]
    id_qualifier: Literal["46", "FI", "PI", "XV"] = "46"
    entity: Literal["PR", "AY"] = "PR"


class AcknowledgmentPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the files of a partner are acknowledged.

    `ta1` says when a TA1 is due. `copy_values` puts the faulty value into IK404. `list_accepted_sets`
    gives accepted sets an AK2 too. `note_warnings` reports warnings and answers E where they are all there
    is. `snip_in_999` and `snip_in_277ca` split the SNIP types between the two (X12-999-05);
    `snip_in_999_by_set` replaces the former for a kind of set, such as `{"835" = [1, 2, 3, 4, 5]}`.
    `isolate_claims` keeps a fault of one claim from rejecting its whole set: the 999 says E, and the 277CA
    rejects the claim, whatever the fault's SNIP type. `findings_per_set` bounds what a 999 lists of one set.
    `interchange_verdicts` replaces the verdict of a TA105 code, `rejecting_group_codes` lists the AK905 codes
    that reject a whole group.
    """

    ta1: AnswerWhen = AnswerWhen.ON_ERROR
    snip_in_999: tuple[SnipType, ...] = (1, 2, 4)
    snip_in_277ca: tuple[SnipType, ...] = (3, 5, 6, 7)
    snip_in_999_by_set: dict[str, tuple[SnipType, ...]] = {}
    isolate_claims: bool = True
    copy_values: bool = True
    list_accepted_sets: bool = True
    note_warnings: bool = False
    findings_per_set: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 1_000
    interchange_verdicts: dict[str, InterchangeVerdict] = {}
    rejecting_group_codes: tuple[str, ...] = ()
    accepted_as: AcceptedAs = AcceptedAs.INTO_ADJUDICATION
    sender: AcknowledgmentParty | None = None
    receiver: AcknowledgmentParty | None = None
    source: ClaimSource | None = None


class AcknowledgmentSettings(AcknowledgmentPolicy, frozen=True, forbid_unknown_fields=True):
    """The acknowledgements a run writes: how, and from which number on their interchanges are numbered."""

    first_control_number: Annotated[int, msgspec.Meta(ge=1, le=999_999_999)] = 1


def numbered(policy: AcknowledgmentPolicy, first_control_number: int = 1) -> AcknowledgmentSettings:
    """Give a partner's policy as the settings of a run whose interchanges are numbered from there on."""
    fields = {name: getattr(policy, name) for name in AcknowledgmentPolicy.__struct_fields__}
    return AcknowledgmentSettings(**fields, first_control_number=first_control_number)
