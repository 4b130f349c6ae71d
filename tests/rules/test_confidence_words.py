"""How sure something is stands in the tables as a mark, and before a person in words."""

import pytest

from edi_hit.rules import in_words


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("UNVERIFIED (memory)", "not verified against the source"),
        ("UNVERIFIED (memory) of Pub. 100-04", "not verified against Pub. 100-04"),
        ("UNVERIFIED (memory); rate verified", "not verified against the source; rate verified"),
        ("rule verified; first day UNVERIFIED", "rule verified; first day not verified against the source"),
        ("verified", "verified"),
        ("loaded", "loaded"),
    ],
)
def test_in_words(mark: str, words: str) -> None:
    assert in_words(mark) == words
