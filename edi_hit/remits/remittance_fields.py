"""The fields only remittances have: service dates in DTM, and provider adjustments in PLB."""

from collections.abc import Iterator, Sequence
from datetime import date

from edi_hit.mapping.convert import DATE, MONEY, PERIOD, write_date
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import RepeatedField, Spot, Values, WrongValueError, convert
from edi_hit.mapping.parts import Period
from edi_hit.remits.remittance import ProviderAdjustment
from edi_hit.x12 import COMPONENT


class ServiceDays(RepeatedField, frozen=True):
    """The service dates of Loop 2110: DTM*472 for one day, DTM*150 and DTM*151 for a period."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The three uses of DTM are one segment of the guide."""
        return ("DTM*472",)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Qualifier and day."""
        return ((1, None), (2, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Take one end of the period, or both; what does not go with those held is not this field's."""
        code = component_of(elements, 1, 1)
        ends: dict[str, date] = values.get(self.name, {})
        if code in ends or (ends and "472" in (code, *ends)):
            return False
        day = convert(DATE, component_of(elements, 2, None), 2)
        if ends.get("150", day) > day or day > ends.get("151", day):
            raise WrongValueError(PERIOD, 2, None)
        values[self.name] = {**ends, code: day}
        return True

    def finished(self, gathered: dict[str, date]) -> Period:
        """The period between the ends that came; the day itself where one came alone."""
        days = sorted(gathered.values())
        return Period(days[0], days[-1])

    def segments(self, value: Period) -> Iterator[list[str]]:
        """Give one DTM for a day, two for a period."""
        if value.is_day:
            yield ["DTM", "472", write_date(value.start)]
        else:
            yield ["DTM", "150", write_date(value.start)]
            yield ["DTM", "151", write_date(value.end)]

    def position(self, index: int = 0, part: str = "") -> Spot:
        """DTM02."""
        return 2, None


class ProviderAdjustments(RepeatedField, frozen=True):
    """PLB segments: provider, fiscal year end, and up to six reasons with their amounts."""

    @property
    def labels(self) -> tuple[str, ...]:
        """PLB."""
        return ("PLB",)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """PLB01, PLB02, and six times two elements."""
        return tuple((at, None) for at in range(1, 15))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the reasons of one PLB; one without any reason is not this field's."""
        year_end = convert(DATE, component_of(elements, 2, None), 2)
        found = []
        for at in _reasons_at(elements):
            reason, _, reference = elements[at].partition(COMPONENT)
            amount = convert(MONEY, component_of(elements, at + 1, None), at + 1)
            found.append(ProviderAdjustment(elements[1], year_end, reason, amount, reference))
        if found:
            values.setdefault(self.name, []).extend(found)
        return bool(found)

    def segments(self, value: Sequence[ProviderAdjustment]) -> Iterator[list[str]]:
        """Give one PLB for each provider and year, six reasons at most in each."""
        for key in dict.fromkeys((item.provider_id, item.fiscal_year_end) for item in value):
            reasons = [item for item in value if (item.provider_id, item.fiscal_year_end) == key]
            for start in range(0, len(reasons), 6):
                elements = ["PLB", key[0], write_date(key[1])]
                for item in reasons[start : start + 6]:
                    code = f"{item.reason}{COMPONENT}{item.reference}" if item.reference else item.reason
                    elements += [code, MONEY.write(item.amount)]
                yield elements

    def items(self, elements: list[str]) -> int:
        """The reasons of one PLB."""
        return len(_reasons_at(elements))

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The amount of the reason `index` of a PLB, or another part of it."""
        if part in ("provider_id", "fiscal_year_end"):
            return (1 if part == "provider_id" else 2), None
        at = 3 + 2 * index
        return {"reason": (at, 1), "reference": (at, 2)}.get(part, (at + 1, None))


def _reasons_at(elements: list[str]) -> list[int]:
    return [at for at in range(3, len(elements), 2) if any(elements[at : at + 2])]
