"""What a loop document is made of, in XML and JSON alike: what stands in what, and what each part tells."""

VERSION = "1"
"""Of the form; a document carries it, and a reader refuses any other."""

SEPARATORS = ("element_separator", "repetition_separator", "component_separator")
SEGMENT_END = "segment_end"

MARKS = ("before", "end", "encoding", "raw", "unplaced")
"""What a segment may carry beside its id and values."""

_ANYWHERE = ("segment", "bytes")
WITHIN: dict[str, tuple[str, ...]] = {
    "x12": ("interchange", "bytes"),
    "interchange": ("group", *_ANYWHERE),
    "group": ("transaction", *_ANYWHERE),
    "transaction": ("loop", *_ANYWHERE),
    "loop": ("loop", *_ANYWHERE),
}
"""The parts that may stand in each part; `x12` is the document."""

TOLD: dict[str, frozenset[str]] = {
    "interchange": frozenset((*SEPARATORS, SEGMENT_END)),
    "group": frozenset(),
    "transaction": frozenset({"guide"}),
    "loop": frozenset({"id", "name"}),
}
"""What is told of each part that opens."""

REQUIRED = frozenset({"element_separator", SEGMENT_END, "id"})
"""What must be told of a part that knows it."""

MAX_DEPTH = 32
"""Parts that may stand in each other; guides need eleven."""

MAX_ITEM = 4 * 1024 * 1024
"""Bytes of a document that one segment, or one tag, may take."""
