"""What the service does with a body: a file each, and its entry here."""

from edi_hit.exchange.http.operations.adjudicate import ADJUDICATE
from edi_hit.exchange.http.operations.look import LOOK
from edi_hit.exchange.http.operations.translate import TRANSLATE
from edi_hit.exchange.http.operations.validate import VALIDATE
from edi_hit.exchange.http.operations.work import Operation

OPERATIONS: dict[str, Operation] = {one.name: one for one in (VALIDATE, TRANSLATE, ADJUDICATE)}
"""What has an address of its own, `/v1/NAME`."""

WORK: dict[str, Operation] = OPERATIONS | {LOOK.name: LOOK}
"""All that a job may be."""
