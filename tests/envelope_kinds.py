"""The ways an envelope can be wrong: of a file, what is changed and what must be told."""

from valid_file import Told

ENVELOPE_KINDS = {
    "wrong_SE01": (r"^SE\*\d+", "SE*9999", Told("X12-ENV-10", "SE", 1)),
    "SE02_is_not_ST02": (r"^(SE\*\d+)\*\d+", r"\1*9999", Told("X12-ENV-10", "SE", 2)),
    "wrong_GE01": (r"^GE\*\d+", "GE*9999", Told("X12-ENV-09", "GE", 1)),
    "GE02_is_not_GS06": (r"^(GE\*\d+)\*\d+", r"\1*9999", Told("X12-ENV-09", "GE", 2)),
    "wrong_IEA01": (r"^IEA\*\d+", "IEA*9999", Told("X12-ENV-07", "IEA", 1)),
    "IEA02_is_not_ISA13": (r"^(IEA\*\d+)\*\d+", r"\1*999999999", Told("X12-ENV-07", "IEA", 2)),
    "no_SE": (r"^SE\*[^~]*~\n", "", Told("X12-ENV-14", "GE")),
    "no_GE": (r"^GE\*[^~]*~\n", "", Told("X12-ENV-14", "IEA")),
    "no_IEA": (r"^IEA\*[^~]*~\n", "", Told("X12-ENV-14", "ISA")),
    "group_of_another_kind": (r"^GS\*\w\w", "GS*HI", Told("X12-ENV-08", "ST", 1)),
    "another_version": (r"\*00501\*", "*00401*", Told("X12-ENV-05", "ISA", 12)),
    "usage_that_is_none": (r"\*T\*:", "*X*:", Told("X12-ENV-06", "ISA", 15)),
    "ISA_too_short": (r"^ISA\*00\* ", "ISA*00*", Told("X12-ENV-01", "ISA")),
    "segment_between_GS_and_ST": (r"^ST\*(\d)", r"N1*PR~\nST*\1", Told("X12-ENV-20", "N1")),
    "segment_behind_SE": (r"^GE\*", r"N1*PR~\nGE*", Told("X12-ENV-20", "N1")),
}
"""By kind: what is looked for (a line at a time), what is put in its place, what must be told."""
