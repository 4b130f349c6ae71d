"""What the service does with a body: a file each, and its entry here."""

from edi_hit.exchange.http.operations.adjudicate import ADJUDICATE
from edi_hit.exchange.http.operations.translate import TRANSLATE
from edi_hit.exchange.http.operations.validate import VALIDATE
from edi_hit.exchange.http.operations.work import Operation

OPERATIONS: dict[str, Operation] = {one.name: one for one in (VALIDATE, TRANSLATE, ADJUDICATE)}
