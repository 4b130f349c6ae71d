"""A Medicare physician fee schedule locality: the area one geographic adjustment factor covers."""

import re

import msgspec

_WRITTEN = re.compile(r"([0-9]{5})-([0-9]{2})")


class Locality(msgspec.Struct, frozen=True, order=True):
    """A locality: the MAC's workload number (5 digits) and the locality number (2 digits)."""

    mac: str
    number: str

    @classmethod
    def parse(cls, text: str) -> "Locality":
        """Read `MAC-LOCALITY`; raises `ValueError` for any other form.

        >>> Locality.parse("10112-00")
        Locality(mac='10112', number='00')
        """
        written = _WRITTEN.fullmatch(text)
        if not written:
            raise ValueError("a locality is five digits, a hyphen and two digits, like 10112-00")
        return cls(mac=written[1], number=written[2])

    def __str__(self) -> str:
        """Write `MAC-LOCALITY`."""
        return f"{self.mac}-{self.number}"
