"""Claims in the JSON shapes of others."""

from edi_hit.formats.shapes.documents import Address, ShapeLines, ShapeList, read_shape
from edi_hit.formats.shapes.medicalnetwork import claim_of, medicalnetwork_of, not_held

__all__ = ["Address", "ShapeLines", "ShapeList", "claim_of", "medicalnetwork_of", "not_held", "read_shape"]
