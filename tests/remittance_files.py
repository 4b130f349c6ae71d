"""Remittances as 835 files, for tests: written by the package's own writer, balanced or refused."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import msgspec

from edi_hit.mapping.parts import Adjustment
from edi_hit.remits import ClaimPayment, Remittance, ServicePayment, payment_total, write_remittances
from edi_hit.sample.envelope import sample_header
from edi_hit.sample.sample_remittances import PaidClaims
from edi_hit.x12 import ComposeWriter

ZERO = Decimal("0.00")


def file_of(*paid: PaidClaims) -> bytes:
    """An 835 of these remittances; each pays what its claims do."""
    stream = io.BytesIO()
    writer = ComposeWriter(stream, sample_header(1, "HP", "835"))
    writer.start()
    write_remittances(writer, [(paying(head, claims), claims) for head, claims in paid])
    writer.end()
    return stream.getvalue()


def written(path: Path, *paid: PaidClaims) -> Path:
    """Write an 835 of these remittances."""
    path.write_bytes(file_of(*paid))
    return path


def paying(head: Remittance, claims: Sequence[ClaimPayment]) -> Remittance:
    """The head that pays these claims."""
    amount = payment_total([claim.paid for claim in claims], head.provider_adjustments)
    return msgspec.structs.replace(head, payment=msgspec.structs.replace(head.payment, amount=amount))


def under_trace(head: Remittance, trace: str) -> Remittance:
    """The head with another trace number."""
    return msgspec.structs.replace(head, payment=msgspec.structs.replace(head.payment, trace_number=trace))


def with_lines(claim: ClaimPayment, lines: Iterable[ServicePayment]) -> ClaimPayment:
    """The claim with these lines: its charge, payment and patient share are theirs."""
    lines = tuple(lines)
    shares = sum((a.amount for line in lines for a in line.adjustments if a.group == "PR"), ZERO)
    return msgspec.structs.replace(
        claim,
        lines=lines,
        charge=sum((line.charge for line in lines), ZERO),
        paid=sum((line.paid for line in lines), ZERO),
        patient_responsibility=shares or None,
    )


def with_line(claim: ClaimPayment, number: int, line: ServicePayment) -> ClaimPayment:
    """The claim with another line in place of line `number` (from 1)."""
    return with_lines(claim, (*claim.lines[: number - 1], line, *claim.lines[number:]))


def adjusted(line: ServicePayment, *changes: tuple[str, str, Decimal]) -> ServicePayment:
    """The line with amounts added to its reasons (group, CARC); it pays what is left of its charge."""
    amounts = {(item.group, item.carc): item.amount for item in line.adjustments}
    for group, carc, amount in changes:
        amounts[group, carc] = amounts.get((group, carc), ZERO) + amount
    ordered = groupby(sorted(amounts.items()), key=lambda item: item[0])
    kept = [Adjustment(*reason, amount) for _, group in ordered for reason, amount in group if amount]
    paid = line.charge - sum((item.amount for item in kept), ZERO)
    return msgspec.structs.replace(line, adjustments=tuple(kept), paid=paid)


def adjusted_to(line: ServicePayment, *reasons: tuple[str, str, Decimal]) -> ServicePayment:
    """The line with these adjustments alone."""
    return adjusted(msgspec.structs.replace(line, adjustments=()), *reasons)


def reversal_of(claim: ClaimPayment) -> ClaimPayment:
    """The reversal of a claim payment: every amount negated, no CLP05."""
    lines = [
        msgspec.structs.replace(
            line,
            charge=-line.charge,
            paid=-line.paid,
            adjustments=tuple(msgspec.structs.replace(a, amount=-a.amount) for a in line.adjustments),
        )
        for line in claim.lines
    ]
    taken = with_lines(claim, lines)
    return msgspec.structs.replace(taken, status="22", patient_responsibility=None)
