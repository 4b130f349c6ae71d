"""Holds the remittances a payer sent against those that were expected of it. Pure comparing, no files."""

from edi_hit.adjudication.reconcile.answer import Answer, slim
from edi_hit.adjudication.reconcile.claims import pair_by_claim_id, pair_by_contents
from edi_hit.adjudication.reconcile.compare import Comparison, compare, missing_claim, unexpected_claim
from edi_hit.adjudication.reconcile.difference import (
    LESS_THAN_EXPECTED,
    MORE_THAN_EXPECTED,
    Difference,
    Kind,
)
from edi_hit.adjudication.reconcile.expecting_rule import with_rule
from edi_hit.adjudication.reconcile.next_steps import REVERSED, next_step
from edi_hit.adjudication.reconcile.payers import PayerBook
from edi_hit.adjudication.reconcile.reversals import Note, Standing, standing
from edi_hit.adjudication.reconcile.totals import ReconcileTotals, Tally

__all__ = [
    "LESS_THAN_EXPECTED",
    "MORE_THAN_EXPECTED",
    "REVERSED",
    "Answer",
    "Comparison",
    "Difference",
    "Kind",
    "Note",
    "PayerBook",
    "ReconcileTotals",
    "Standing",
    "Tally",
    "compare",
    "missing_claim",
    "next_step",
    "pair_by_claim_id",
    "pair_by_contents",
    "slim",
    "standing",
    "unexpected_claim",
    "with_rule",
]
