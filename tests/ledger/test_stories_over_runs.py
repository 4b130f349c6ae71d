"""However claims, their replacements and voids are spread over runs, the same answers stand and are paid.

Held against the same files, a run each: what the ledger holds of claims, and what the 835s told of each.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_content import content, rows
from test_dependents import cheaper
from test_replacements import SETTINGS, payments
from visit_files import AS_OF, one_file, per_diem, run_texts

from edi_hit.jobs.recycle import recycle
from edi_hit.ledger import claim_number, open_ledger, payer_number
from edi_hit.profiles import RunSettings, Unknown

_TABLES = ("claim", "claim_line", "claim_answer", "former_answer", "changed_person", "told_claim")
_DAYS = ("20250203", "20250204", "20250205")
_RUNS = (
    RunSettings(contracts=cheaper()),
    SETTINGS,
    msgspec.structs.replace(SETTINGS, unknown=Unknown.PEND),
)
"""With another contract, with the usual one, and so that claims wait."""


class Sent(NamedTuple):
    """A claim of a story: how often it came (CLM05-3), the earlier claim it names, its lines, its payer."""

    frequency: str
    names: int
    lines: tuple[tuple[str, str], ...]
    payer: str


class Story(NamedTuple):
    """Claims of several people, each one's in the order they come; a file holds the next of each person."""

    people: list[list[Sent]]
    runs: tuple[tuple[int, int], ...]
    """How many files each run takes, and which settings it has."""

    def files(self) -> list[str]:
        """The files: as many as the longest story."""
        longest = max(map(len, self.people))
        return [one_file(*(self._text(*at) for at in self._of(file))) for file in range(longest)]

    def _of(self, file: int) -> list[tuple[int, int]]:
        return [(person, file) for person, claims in enumerate(self.people) if file < len(claims)]

    def _text(self, person: int, at: int) -> str:
        one = self.people[person][at]
        named = claim_number(one.names + 1, self._of(one.names).index((person, one.names)))
        text = per_diem(
            f"P{person}N{at}",
            *(day for _, day in one.lines),
            frequency=one.frequency,
            replaces="" if one.frequency == "1" else payer_number(named),
            member=f"{person + 1}EG4TE5MK73",
        )
        for code, _ in one.lines:
            text = text.replace("*HC:S9500*", f"*HC:{code}~*", 1)
        return text.replace("~*300", "*300").replace("SUMMIT01", one.payer)


def lines() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """One line or two, of one day or two."""
    line = st.tuples(st.sampled_from(("S9500", "S9500", "S5502")), st.sampled_from(_DAYS))
    return st.lists(line, min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def claims(draw: st.DrawFn) -> list[Sent]:
    """The claims of one person, in the order they come."""
    story = [Sent("1", 0, draw(lines()), "SUMMIT01")]
    for at in range(1, draw(st.integers(1, 5)) + 1):
        frequency = draw(st.sampled_from("1778"))
        payer = draw(st.sampled_from(("SUMMIT01", "SUMMIT01", "SUMMIT01", "PLANID12345")))
        names = draw(st.integers(0, at - 1))
        if frequency != "1":
            payer = story[names].payer
        story.append(Sent(frequency, names, draw(lines()), payer))
    return story


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Stories of several people, and how their files are spread over runs."""
    people = draw(st.lists(claims(), min_size=8, max_size=8))
    left, runs = max(map(len, people)), []
    while left:
        some = draw(st.integers(1, left))
        runs.append((some, draw(st.sampled_from((1, 1, 1, 0, 2)))))
        left -= some
    return Story(people, tuple(runs))


def told(folder: Path) -> dict[str, Decimal]:
    """What all 835s of a run came to, by the claim's number (CLP07)."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for path in sorted((folder / "out").glob("*.835")):
        for one in payments(path):
            sums[one[4]] += Decimal(one[3])
    return sums


def adjudicated(address: str, folder: Path, texts: Sequence[str], chosen: int) -> dict[str, Decimal]:
    with open_ledger(address) as ledger:
        run_texts(folder, *texts, ledger=ledger, settings=_RUNS[chosen])
    return told(folder)


def spread(address: str, folder: Path, story: Story, *, singly: bool) -> dict[str, Decimal]:
    """Send the files, one run each or as the story has it; what the 835s came to, by claim."""
    sums: dict[str, Decimal] = {}
    files, number = story.files(), 0
    for some, chosen in story.runs:
        mine, files = files[:some], files[some:]
        for texts in ([text] for text in mine) if singly else [mine]:
            number += 1
            sums = added(sums, adjudicated(address, folder / f"{singly}{number}", texts, chosen))
    return sums


def held(address: str) -> dict[str, list[tuple[object, ...]]]:
    everything = content(address)
    return {name: everything[name] for name in _TABLES}


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.generate],
)
@given(story=stories())
def test_the_same_stands_and_is_paid(new_ledger: Callable[[], str], story: Story) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        singly, together = new_ledger(), new_ledger()
        sums = spread(singly, folder, story, singly=True)
        assert spread(together, folder, story, singly=False) == sums
        assert held(together) == held(singly)
        sums = added(sums, recycled(together, folder / "together"))
        recycled(singly, folder / "singly")
        assert held(together) == held(singly)
        assert stand(together) == {claim: amount for claim, amount in sums.items() if amount}


def added(sums: dict[str, Decimal], more: dict[str, Decimal]) -> dict[str, Decimal]:
    """Sums by claim, of both."""
    return {claim: sums.get(claim, Decimal(0)) + more.get(claim, Decimal(0)) for claim in (*sums, *more)}


def recycled(address: str, folder: Path) -> dict[str, Decimal]:
    """Ask again about what waits; what the 835 came to, by claim."""
    with open_ledger(address) as ledger:
        recycle(ledger, folder / "out", as_of=AS_OF, settings=SETTINGS)
    return told(folder)


def stand(address: str) -> dict[str, Decimal]:
    """What stands as paid on the ledger, by the claim's number."""
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows(address, "claim_line"):
        if row["paid"]:
            paid[payer_number(row["claim"])] += row["paid"]
    return dict(paid)
