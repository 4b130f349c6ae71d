"""A long set of any guide is read a unit at a time: what is held does not grow with its members."""

import gc
import io

import msgspec
import pytest
from x12_text import gs, in_delimiters, isa

from edi_hit.guides import Loop, Unit, catalogue, read_loops
from edi_hit.x12 import read_events


class LongSet(msgspec.Struct, frozen=True):
    """A set that repeats: what comes first, what comes again and again, and the unit it gives."""

    head: list[str]
    body: list[str]
    unit: str


CLAIM_STATUS = ["TRN*2*ABC1", "STC*P3:317*20050913**8513.88", "DTP*472*D8*20050831"]
SUBSCRIBER_STATUS = ["HL*9*3*22*0", "NM1*IL*1*SMITH*FRED****MI*1A", *CLAIM_STATUS]
STATUS_HEAD = [
    *("BHT*0010*08*1*20250103*1200*DG", "HL*1**20*1", "NM1*PR*2*PAYER*****PI*1", "HL*2*1*21*1"),
    *("NM1*41*2*XYZ*****46*X", "HL*3*2*19*1", "NM1*1P*2*HOME*****XX*1234567893"),
]
PREMIUM_HEAD = [
    *("BPR*C*255*C*ACH*CTX*01*999999992*DA*1*1345678901**01*199999999*DA*9*20071103", "TRN*1*7*1345678901"),
    *("REF*14*0011001", "N1*PE*INSURANCE*FI*012222222", "N1*PR*MEDAL*FI*123456789"),
]

SETS = {
    "837P": LongSet(
        ["BHT*0019*00*1*20250103*1200*CH", "HL*1**20*1"], ["HL*2*1*22*0", "CLM*A*1", "LX*1"], "2300"
    ),
    "837I": LongSet(
        ["BHT*0019*00*1*20250103*1200*CH", "HL*1**20*1"], ["HL*2*1*22*0", "CLM*A*1", "LX*1"], "2300"
    ),
    "835": LongSet(["BPR*I*0*C*NON", "N1*PR*A", "LX*1"], ["CLP*A*1*0*0", "SVC*HC:A*0*0"], "2100"),
    "999": LongSet(["AK1*HC*1"], ["AK2*837*0001", "IK3*CLM*5**8", "IK4*1**1", "IK5*R"], "2000"),
    "277CA": LongSet(
        ["BHT*0085*08*1*20250103*1200*TH", "HL*1**20*1", "NM1*PR*2*A", "HL*2*1*21*1", "HL*3*2*19*1"],
        ["HL*4*3*PT", "NM1*QC*1*B", "TRN*2*A", "STC*A1:20*20250103*WQ*1"],
        "2000D",
    ),
    "277": LongSet(STATUS_HEAD, SUBSCRIBER_STATUS, "2200D"),
    "834": LongSet(
        ["BGN*00*1*20250103*1200", "N1*P5*A"], ["INS*Y*18*030*XN*A", "REF*0F*1", "NM1*IL*1*A"], "2000"
    ),
    "820": LongSet(PREMIUM_HEAD, ["ENT*1*2J*34*1", "NM1*EY*1*DOE", "RMR*IG*5**30"], "2000B"),
}
FURTHER = {
    "277 of dependents": (
        "277",
        LongSet(
            [*STATUS_HEAD, "HL*4*3*22*1", "NM1*IL*1*A"], ["HL*9*4*23", "NM1*QC*1*B", *CLAIM_STATUS], "2200E"
        ),
    ),
    "820 of an organisation": (
        "820",
        LongSet([*PREMIUM_HEAD, "ENT*1*2L"], ["RMR*IK*5**30", "REF*14*1"], "2300A"),
    ),
}
CASES = {name: (name, case) for name, case in SETS.items()} | FURTHER


class Endless(io.RawIOBase):
    """A file of one set, made while it is read."""

    def __init__(self, guide: str, case: LongSet, times: int) -> None:
        entry = catalogue()[guide]
        head = [gs("HC", entry.id), f"ST*{entry.set}*0001*{entry.id}", *case.head]
        self._held = (isa() + in_delimiters(head)).encode()
        self._body, self._times = in_delimiters(case.body).encode(), times

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub says Buffer
        while len(self._held) < len(buffer) and self._times:
            self._held += self._body
            self._times -= 1
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def loops_alive() -> int:
    return sum(isinstance(thing, Loop) for thing in gc.get_objects())


def test_every_guide_has_a_case() -> None:
    assert set(SETS) == set(catalogue())


@pytest.mark.parametrize("name", CASES)
def test_a_long_set_is_read_a_unit_at_a_time(name: str) -> None:
    guide, case = CASES[name]
    times, units, most = 600, 0, 0
    gc.collect()
    before = loops_alive()
    gc.disable()
    try:
        for event in read_loops(read_events(Endless(guide, case, times))):
            if isinstance(event, Unit):
                units += 1
                assert event.loop.id == case.unit
                if units % 100 == 0:
                    most = max(most, loops_alive() - before)
    finally:
        gc.enable()
    assert units == times
    assert 0 < most < 60
