"""TA1, 999 and 277CA: written from a receipt of what was read, and read back from partners."""

from edi_hit.acks.claim_acknowledgment import (
    BilledProvider,
    ClaimAcknowledgment,
    ClaimBatch,
    ClaimStatus,
    ClaimStatusCode,
    InformationReceiver,
    InformationSource,
    LineStatus,
    StatusReport,
)
from edi_hit.acks.implementation_acknowledgment import (
    BusinessUnit,
    ElementError,
    ImplementationAcknowledgment,
    SegmentError,
    SetAcknowledgment,
    SituationalTrigger,
)
from edi_hit.acks.interchange_acknowledgment import Ta1
from edi_hit.acks.read_acknowledgments import Acknowledgment, read_acknowledgments
from edi_hit.acks.receipt import (
    ClaimReceipt,
    GroupReceipt,
    InterchangeReceipt,
    ProviderReceipt,
    Receipt,
    SetOutcome,
    SetReceipt,
    Store,
)
from edi_hit.acks.receipt_builder import ReceiptBuilder
from edi_hit.acks.receipt_reading import rejected_sets
from edi_hit.acks.return_envelope import Dispatch
from edi_hit.acks.set_receipt_builder import SetReceiptBuilder
from edi_hit.acks.write_acknowledgments import Acknowledged, AcknowledgmentFile, write_acknowledgments

__all__ = [
    "Acknowledged",
    "Acknowledgment",
    "AcknowledgmentFile",
    "BilledProvider",
    "BusinessUnit",
    "ClaimAcknowledgment",
    "ClaimBatch",
    "ClaimReceipt",
    "ClaimStatus",
    "ClaimStatusCode",
    "Dispatch",
    "ElementError",
    "GroupReceipt",
    "ImplementationAcknowledgment",
    "InformationReceiver",
    "InformationSource",
    "InterchangeReceipt",
    "LineStatus",
    "ProviderReceipt",
    "Receipt",
    "ReceiptBuilder",
    "SegmentError",
    "SetAcknowledgment",
    "SetOutcome",
    "SetReceipt",
    "SetReceiptBuilder",
    "SituationalTrigger",
    "StatusReport",
    "Store",
    "Ta1",
    "read_acknowledgments",
    "rejected_sets",
    "write_acknowledgments",
]
