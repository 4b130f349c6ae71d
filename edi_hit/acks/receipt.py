"""What was received, with verdicts: all that acknowledgements are made from, once a file has been read.

The pieces are few and small for interchanges, groups and sets, one each; a claim gives one row. They are kept
in stores that a job may put on disk, so that memory does not grow with the file.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol, TypeVar

import msgspec

from edi_hit.acks.claim_acknowledgment import ClaimStatusCode
from edi_hit.acks.implementation_acknowledgment import SituationalTrigger
from edi_hit.acks.interchange_note import InterchangeNote
from edi_hit.mapping.parts import Party
from edi_hit.profiles.acknowledgment import InterchangeVerdict

T = TypeVar("T")
ZERO, CENTS = Decimal(0), Decimal("0.01")


class Store(Protocol[T]):
    """A list that is appended to and then read from its start, such as `list` or a spool on disk."""

    def append(self, item: T, /) -> object:
        """Add an item."""

    def __iter__(self) -> Iterator[T]:
        """Give the items in the order they were added."""


class InterchangeReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """An interchange received: what its ISA said, whether its IEA came, and what is to be said of it.

    `verdict` is TA104, `note` TA105. `groups` counts its functional groups, `answered_groups` those that get
    a 999. `holds_ta1` is true for an interchange that itself brings a TA1.
    """

    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    date: str
    time: str
    control_number: str
    acknowledgment_requested: str
    usage: str
    complete: bool = False
    groups: int = 0
    answered_groups: int = 0
    holds_ta1: bool = False
    verdict: InterchangeVerdict = InterchangeVerdict.ACCEPTED
    note: str = "000"


class GroupReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """A functional group received. `included` is GE01 as sent, empty where no GE came.

    `codes` are its AK905 codes. `answered` is false where no 999 may or can answer: the group brings
    acknowledgements, or its GS cannot be repeated in AK1. `rejected` is true where the group as a whole is
    refused, whatever its sets are like.
    """

    functional_id: str
    sender: str
    receiver: str
    control_number: str
    version: str
    included: str = ""
    sets: int = 0
    codes: tuple[str, ...] = ()
    answered: bool = True
    rejected: bool = False


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fault of a segment or element, as a 999 tells it.

    `code` is IK304 where `element` is None, else IK403. `value` is the faulty text with the delimiters of the
    interchange it came in.
    """

    segment_id: str
    position: int
    code: str
    loop: str = ""
    element: int | None = None
    component: int | None = None
    reference_number: str = ""
    value: str = ""
    claim: str = ""
    trigger: SituationalTrigger | None = None


class Totals(msgspec.Struct, frozen=True, omit_defaults=True):
    """Claims accepted and rejected, and their charges in dollars."""

    accepted: int = 0
    rejected: int = 0
    accepted_amount: Decimal = ZERO
    rejected_amount: Decimal = ZERO

    @property
    def amount(self) -> Decimal:
        """The charges of all claims, in dollars."""
        return self.accepted_amount + self.rejected_amount


class SetReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """A transaction set received. `guide` is ST03 as sent, empty where it was not.

    `rules` are those that reject it, `codes` its IK502 codes, `notes` what is to be told of its segments,
    `left_out` how many more there were than are told. `reference` is the BHT03 of an 837. `providers` counts
    the billing providers whose claims are in the receipt.
    """

    ordinal: int
    kind: str
    control_number: str
    guide: str = ""
    noted: bool = False
    rules: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    left_out: int = 0
    trace_number: str = ""
    reference: str = ""
    submitter: Party | None = None
    receiver: Party | None = None
    providers: int = 0
    totals: Totals = Totals()

    @property
    def rejected(self) -> bool:
        """Whether the set falls by itself."""
        return bool(self.rules)


class SetOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a set that was read to its end, but for its providers and claims.

    `group_codes` are what its findings say of its group (AK905), `note` the worst of its interchange.
    """

    receipt: SetReceipt
    group_codes: tuple[str, ...] = ()
    note: InterchangeNote | None = None


class ProviderReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """A billing provider of a set: its name and id, and how many of its claims follow."""

    name: Party
    claims: int = 0
    totals: Totals = Totals()


class LineReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """A service line with an error: what the line is, and its status codes.

    `charge` is in dollars. `procedure` is the composite as read, `units` and `dates` are text as sent.
    """

    charge: Decimal
    procedure: str = ""
    revenue_code: str = ""
    units: str = ""
    control_number: str = ""
    dates: str = ""
    codes: tuple[ClaimStatusCode, ...] = ()


class ClaimReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim received, as a 277CA repeats it. It is accepted where it has no status `codes`.

    `charge` is CLM02 in dollars. `payer_claim_number` is the number the payer gives it, where it does.
    `first_day` and `last_day` bound its service dates, CCYYMMDD. `lines` counts its service lines;
    `faulty_lines` are those with an error of their own.
    """

    claim_id: str
    charge: Decimal
    patient: Party
    first_day: str = ""
    last_day: str = ""
    payer_claim_number: str = ""
    clearinghouse_number: str = ""
    bill_type: str = ""
    lines: int = 0
    codes: tuple[ClaimStatusCode, ...] = ()
    faulty_lines: tuple[LineReceipt, ...] = ()


class Receipt:
    """The stores of one input's receipt, and the characters its names and numbers hold."""

    def __init__(
        self,
        interchanges: Store[InterchangeReceipt],
        groups: Store[GroupReceipt],
        sets: Store[SetReceipt],
        providers: Store[ProviderReceipt],
        claims: Store[ClaimReceipt],
    ) -> None:
        self.interchanges = interchanges
        self.groups = groups
        self.sets = sets
        self.providers = providers
        self.claims = claims
        self.characters: set[str] = set()

    @classmethod
    def in_memory(cls) -> "Receipt":
        """A receipt for small inputs."""
        return cls([], [], [], [], [])
