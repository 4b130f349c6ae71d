"""Writes all acknowledgements of one input from its receipt: TA1, 999 and 277CA."""

from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO

import msgspec

from edi_hit.acks.echoed_characters import delimiters_for
from edi_hit.acks.interchange_acknowledgment import Ta1
from edi_hit.acks.receipt import GroupReceipt, InterchangeReceipt, Receipt, SetReceipt
from edi_hit.acks.receipt_reading import ReceiptReading, group_stands
from edi_hit.acks.return_envelope import (
    Dispatch,
    can_address,
    next_control_number,
    return_header,
)
from edi_hit.acks.write_277ca import FUNCTIONAL_ID as CLAIMS_ID
from edi_hit.acks.write_277ca import GUIDE as CLAIMS_GUIDE
from edi_hit.acks.write_277ca import ClaimAcknowledgmentSets
from edi_hit.acks.write_999 import FUNCTIONAL_ID as IMPLEMENTATION_ID
from edi_hit.acks.write_999 import GUIDE as IMPLEMENTATION_GUIDE
from edi_hit.acks.write_999 import write_group
from edi_hit.acks.write_ta1 import ta1_for
from edi_hit.guides import guide
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.x12 import ComposeWriter, Delimiters


class AcknowledgmentFile(StrEnum):
    """The files acknowledgements go to, by the ending of their names."""

    INTERCHANGE = "ta1"
    IMPLEMENTATION = "999"
    CLAIMS = "277ca"


OpenFile = Callable[[AcknowledgmentFile], BinaryIO]


class Acknowledged(msgspec.Struct):
    """What was written. `next_control_number` is for the next input.

    Sets and claims are those received. `left_out` counts the findings over the limit of what a 999 lists.
    Claims are counted where their set is accepted; those of other sets are in no 277CA.
    """

    next_control_number: int
    files: tuple[AcknowledgmentFile, ...] = ()
    interchange_answers: int = 0
    sets_accepted: int = 0
    sets_rejected: int = 0
    claims_accepted: int = 0
    claims_rejected: int = 0
    left_out: int = 0


def write_acknowledgments(
    receipt: Receipt, dispatch: Dispatch, open_file: OpenFile, policy: AcknowledgmentPolicy | None = None
) -> Acknowledged:
    """Write the acknowledgements of `receipt`; give what was written.

    `open_file` is asked once for each file that is due, when its first byte is due; the caller closes them.
    TA1 and 999 of an interchange go together into the 999 file, a TA1 without a 999 into the file of its own,
    the 277CA into the third. Interchanges are numbered in the order they are written, 277CA last.
    """
    return _Writing(receipt, dispatch, open_file, policy or AcknowledgmentPolicy()).write()


class _Writing:
    """One run over a receipt."""

    def __init__(
        self, receipt: Receipt, dispatch: Dispatch, open_file: OpenFile, policy: AcknowledgmentPolicy
    ) -> None:
        self._receipt = receipt
        self._dispatch = dispatch
        self._open_file = open_file
        self._policy = policy
        self._streams: dict[AcknowledgmentFile, BinaryIO] = {}
        self._delimiters = _delimiters(receipt, policy)
        self._done = Acknowledged(dispatch.first_control_number)

    def write(self) -> Acknowledged:
        reading = ReceiptReading(self._receipt)
        for interchange in reading.interchanges():
            self._answer(interchange, reading)
        reading = ReceiptReading(self._receipt)
        for interchange in reading.interchanges():
            self._answer_claims(interchange, reading)
        self._done.files = tuple(self._streams)
        return self._done

    def _answer(self, interchange: InterchangeReceipt, reading: ReceiptReading) -> None:
        """Write the TA1 and the 999 of an interchange."""
        ta1 = ta1_for(interchange, self._policy)
        with_group = bool(interchange.answered_groups) and can_address(interchange, self._policy)
        writer: ComposeWriter | None = None
        if ta1 is not None and not with_group:
            self._writer(AcknowledgmentFile.INTERCHANGE, interchange, None, ta1).end_interchange()
        for group in reading.groups(interchange):
            stands = group_stands(interchange, group)
            if group.answered and with_group and writer is None:
                writer = self._writer(AcknowledgmentFile.IMPLEMENTATION, interchange, group, ta1)
            sets = (self._counted(found, stands) for found in reading.sets(group))
            if writer is not None and group.answered:
                write_group(writer, group, sets, self._policy, self._delimiters, stands=stands)
            for _ in sets:
                pass
        if writer is not None:
            writer.end()
        self._done.interchange_answers += ta1 is not None

    def _counted(self, found: SetReceipt, stands: bool) -> SetReceipt:
        accepted = stands and not found.rejected
        self._done.sets_accepted += accepted
        self._done.sets_rejected += not accepted
        self._done.left_out += found.left_out
        if accepted:
            self._done.claims_accepted += found.totals.accepted
            self._done.claims_rejected += found.totals.rejected
        return found

    def _answer_claims(self, interchange: InterchangeReceipt, reading: ReceiptReading) -> None:
        """Write the 277CA of an interchange."""
        writer: ComposeWriter | None = None
        sets: ClaimAcknowledgmentSets | None = None
        for group in reading.groups(interchange):
            stands = group_stands(interchange, group) and can_address(interchange, self._policy)
            for found in reading.sets(group):
                if not stands or found.rejected or not found.providers:
                    reading.pass_over(found)
                    continue
                if sets is None or writer is None:
                    number = self._done.next_control_number
                    writer = self._writer(AcknowledgmentFile.CLAIMS, interchange, group)
                    sets = ClaimAcknowledgmentSets(writer, self._policy, self._dispatch, number)
                sets.write(found, reading)
        if writer is not None:
            writer.end()

    def _writer(
        self,
        file: AcknowledgmentFile,
        interchange: InterchangeReceipt,
        group: GroupReceipt | None,
        ta1: Ta1 | None = None,
    ) -> ComposeWriter:
        """Start an interchange in `file`: its TA1, then its group, where there are such."""
        number = self._done.next_control_number
        self._done.next_control_number = next_control_number(number)
        claims = file is AcknowledgmentFile.CLAIMS
        kind = (
            (CLAIMS_ID, guide(CLAIMS_GUIDE).entry.id)
            if claims
            else (IMPLEMENTATION_ID, guide(IMPLEMENTATION_GUIDE).entry.id)
        )
        header = return_header(interchange, group, self._policy, self._dispatch, number, kind)
        if file not in self._streams:
            self._streams[file] = self._open_file(file)
        writer = ComposeWriter(self._streams[file], header, self._delimiters)
        writer.start_interchange()
        if ta1 is not None:
            writer.segment(ta1.elements)
        if group is not None:
            writer.start_group()
        return writer


def _delimiters(receipt: Receipt, policy: AcknowledgmentPolicy) -> Delimiters:
    """Delimiters that no value of the receipt or the policy holds."""
    parties = [party for party in (policy.sender, policy.receiver) if party]
    texts = [text for party in parties for text in (party.id, party.application)]
    if policy.source:
        texts += [policy.source.name, policy.source.id]
    return delimiters_for(receipt, *texts)
