"""What identifies a payment, read from an 835 of any quality: no element of it has to be there."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.convert import DATE, MONEY
from edi_hit.mapping.declaration import Child
from edi_hit.mapping.fields import Element
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.parts import Reference, Unmapped
from edi_hit.mapping.party_mapping import references
from edi_hit.remits.remittance import ProviderAdjustment
from edi_hit.remits.remittance_fields import ProviderAdjustments


class NamedParty(msgspec.Struct, frozen=True, omit_defaults=True):
    """The payer (Loop 1000A) or payee (Loop 1000B): N1 and the other identifiers (REF)."""

    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    references: tuple[Reference, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """N104 and REF02, those that were sent."""
        return tuple(filter(None, (self.id, *(reference.value for reference in self.references))))


class PaymentHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """BPR, TRN, payer and payee of a transaction set, and its PLB once the set has ended.

    None and empty is what was not sent or could not be read. Money in dollars: `amount` is BPR02.
    """

    amount: Decimal | None = None
    credit_debit: str = ""
    method: str = ""
    handling: str = ""
    paid_on: date | None = None
    production_date: date | None = None
    trace_number: str = ""
    payer_tax_id: str = ""
    payer: NamedParty = NamedParty()
    payee: NamedParty = NamedParty()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


def _named(label: str, *reference_labels: str) -> LoopMapping[NamedParty]:
    return LoopMapping(
        NamedParty,
        [
            Element("name", label, 2),
            Element("id_qualifier", label, 3),
            Element("id", label, 4),
            references("references", *reference_labels),
        ],
    )


PAYMENT_HEAD = LoopMapping(
    PaymentHead,
    [
        Element("handling", "BPR", 1),
        Element("amount", "BPR", 2, MONEY),
        Element("credit_debit", "BPR", 3),
        Element("method", "BPR", 4),
        Element("paid_on", "BPR", 16, DATE),
        Element("trace_number", "TRN", 2),
        Element("payer_tax_id", "TRN", 3),
        Element("production_date", "DTM*405", 2, DATE),
        ProviderAdjustments("provider_adjustments"),
    ],
    children=[
        Child("payer", "1000A", _named("N1*PR", "REF*2U", "REF*EO", "REF*HI", "REF*NF")),
        Child("payee", "1000B", _named("N1*PE", "REF*0B", "REF*D3", "REF*PQ", "REF*TJ")),
    ],
)
