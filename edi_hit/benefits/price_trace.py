"""A price with everything behind it: each parameter with its dates and source, and the way to the payment."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.dated import row_in_force
from edi_hit.benefits.engine.payment import Payment, pay
from edi_hit.benefits.engine.price import Price
from edi_hit.benefits.engine.trace import Parameter, percent_text, priced_from
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.registry import BUILT
from edi_hit.reference import Tables, amount_text

_BENEFIT_OF = {"transitional": "medicare_transitional", "permanent": "medicare_hit"}
_IVIG = "ivig"


class PriceTrace(msgspec.Struct, frozen=True):
    """The parameters of a price and of its payment, and the payment where the deductible is met.

    Without a charge the fee is taken as charged.
    """

    parameters: tuple[Parameter, ...]
    payment: Payment

    def as_json(self) -> dict[str, object]:
        """Give the trace as a JSON document; amounts are texts with two decimals."""
        return {
            "parameters": [msgspec.to_builtins(one) for one in self.parameters],
            "payment": {
                "steps": [f"{step.rule}: {step.ruling.detail}" for step in self.payment.steps],
                "patient_responsibility": amount_text(self.payment.patient_responsibility),
                "paid": amount_text(self.payment.paid),
            },
        }


def trace(price: Price, tables: Tables) -> PriceTrace:
    """Give what a price was made of; raises `ReferenceDataMissing` where the sequestration is not known."""
    charge = price.fee if price.charge is None else price.charge
    found = tables.visit_code(price.code, price.on)
    benefit = BUILT[_BENEFIT_OF.get(found.benefit if found else "", _IVIG)]
    payment = pay(Bill(charge, price.allowed, Decimal(0), price.on, tables), benefit.book)
    return PriceTrace(tuple(_parameters(price, tables)), payment)


def _parameters(price: Price, tables: Tables) -> Iterator[Parameter]:
    on = price.on
    code = tables.visit_code(price.code, on)
    if code is not None:
        category = f", category {code.category}" if code.category else ""
        yield Parameter(
            f"code {code.hcpcs}",
            f"{code.visit_type} visit{category}, {code.benefit} benefit",
            code.effective_from,
            code.effective_through,
            code.confidence,
            code.source,
        )
    yield from priced_from(price)
    if price.factor is not None and price.factor.gpcis is not None:
        weights = tables.gaf_weights(on)
        said = f"work {weights.work}, practice expense {weights.pe}, malpractice {weights.mp}"
        yield Parameter(
            "weights of the GPCIs",
            said,
            weights.effective_from,
            weights.effective_through,
            weights.confidence,
            weights.source,
        )
    yield from _of_payment(price, tables)


def _of_payment(price: Price, tables: Tables) -> Iterator[Parameter]:
    deductible = tables.part_b_deductible(price.on)
    yield Parameter(
        f"Part B deductible of {deductible.year}",
        amount_text(deductible.amount),
        price.on.replace(month=1, day=1),
        price.on.replace(month=12, day=31),
        deductible.confidence,
        deductible.source,
    )
    share = row_in_force(parameters().coinsurance_percent, price.on)
    yield Parameter(
        "coinsurance",
        percent_text(share.value),
        share.effective_from,
        share.effective_through,
        share.confidence,
        share.source,
    )
    cut = tables.sequestration(price.on)
    yield Parameter(
        "sequestration",
        percent_text(cut.percent),
        cut.effective_from,
        cut.effective_through,
        cut.confidence,
        cut.source,
    )
