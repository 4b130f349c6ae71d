"""A trading partner: who it is, what it may send, how it is answered, and its own rules. Read from TOML."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from edi_hit.profiles.acknowledgment import AcknowledgmentParty, AcknowledgmentPolicy
from edi_hit.profiles.partner_rule import PartnerRule
from edi_hit.profiles.transport import FolderTransport, Transport

PartnerName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$")]
"""How a partner is called in names of files, logs and figures: small letters, digits and hyphens."""

Days = Annotated[int, msgspec.Meta(ge=0, le=36_500)]
Character = Annotated[str, msgspec.Meta(min_length=1, max_length=1)]


class Work(StrEnum):
    """What is done with a file, beside validating and acknowledging it."""

    VALIDATE = "validate"
    TRANSLATE = "translate"
    ADJUDICATE = "adjudicate"
    RECEIVE = "receive"


class OnDuplicate(StrEnum):
    """What follows where a claim came before: its claim is rejected, a warning is given, or nothing."""

    REJECT = "reject"
    WARN = "warn"
    IGNORE = "ignore"


class PartnerDelimiters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The delimiters of what is sent to the partner; `line_breaks` puts each segment on a line of its own."""

    element: Character = "*"
    component: Character = ":"
    repetition: Character = "^"
    terminator: Character = "~"
    line_breaks: bool = False


class Duplicates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many days each of the three kinds of duplicate is looked for; 0: not at all.

    `file_days`: the same bytes. `interchange_days`: sender, receiver and ISA13 again, in other bytes.
    `claim_days`: a claim again with the same id, person, dates, lines and charges; `claims` is what follows.
    """

    file_days: Days = 3_650
    interchange_days: Days = 365
    claim_days: Days = 0
    claims: OnDuplicate = OnDuplicate.REJECT


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most a file may hold; None: no limit. `claims_per_set` counts the claims of one ST."""

    bytes_per_file: Annotated[int, msgspec.Meta(ge=1)] | None = None
    claims_per_set: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Naming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the files for the partner are named.

    `{partner}` is the partner's name, `{day}` the day its file was received (CCYYMMDD), `{id}` what the
    file is called everywhere (the first 32 digits of its SHA-256), `{type}` what it is: 999, 277ca, 835.
    Nothing of a file's content but its digest goes into a name.
    """

    output: str = "{partner}_{day}_{id}.{type}"


class PartnerWork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done with the partner's files in place of what their folder says; `to`, `view`: translate."""

    do: Work
    to: str = ""
    view: Literal["", "loops", "claims", "medicalnetwork"] = ""


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A trading partner.

    `sender` is the partner as its files name it (ISA05, ISA06, GS02), `receiver` how they name us (ISA07,
    ISA08, GS03); an empty `application` is not looked at. `usage` is ISA15 of its files: T, P, or None for
    either. `guides` are the names of the guides it may send (`837P`); empty: all. `rules` are its own
    requirements (SNIP type 7).
    """

    name: PartnerName
    sender: AcknowledgmentParty
    receiver: AcknowledgmentParty
    title: str = ""
    contact: str = ""
    usage: Literal["T", "P"] | None = None
    guides: tuple[str, ...] = ()
    work: PartnerWork | None = None
    delimiters: PartnerDelimiters = PartnerDelimiters()
    acknowledgments: AcknowledgmentPolicy = AcknowledgmentPolicy()
    duplicates: Duplicates = Duplicates()
    limits: Limits = Limits()
    naming: Naming = Naming()
    transport: Transport = FolderTransport()
    rules: tuple[PartnerRule, ...] = ()

    def sends(self, qualifier: str, sender: str) -> bool:
        """Whether an interchange with this ISA05 and ISA06 is the partner's."""
        return (qualifier, sender) == (self.sender.qualifier, self.sender.id)
