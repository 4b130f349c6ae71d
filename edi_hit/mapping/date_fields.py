"""Fields that are dates: a day, a day or a period, a day with a time of day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from edi_hit.mapping.convert import (
    DATE,
    MOMENT,
    PERIOD,
    day_form,
    period_form,
    read_date,
    read_moment,
    read_period,
    write_date,
    write_days,
    write_moment,
    write_period,
    write_span,
)
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import SegmentField, Spot, Values, WrongValueError, convert, has_code
from edi_hit.mapping.parts import Moment, Period


class Day(SegmentField, frozen=True):
    """A DTP or DTM that holds one day: `form_at` holds D8 where the segment has a format element."""

    at: int = 3
    form_at: int | None = 2
    only: bool = False

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The element of the day, and its format."""
        return ((self.at, None),) if self.form_at is None else ((self.at, None), (self.form_at, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the day."""
        if self.only and (self.name in values or not has_code(self.label, elements)):
            return False
        text = component_of(elements, self.at, None)
        if not text:
            return True
        if self.form_at is not None and component_of(elements, self.form_at, None) != "D8":
            raise WrongValueError(DATE, self.at, None)
        values[self.name] = convert(DATE, text, self.at)
        return True

    def reader(self) -> Callable[[list[str], Values], bool]:
        """A day that is there, in a segment of its own, is read at once."""
        if self.only or self.form_at is None:
            return self.read
        name, at, form_at = self.name, self.at, self.form_at

        def read(elements: list[str], values: Values) -> bool:
            if len(elements) > at and elements[form_at] == "D8" and elements[at]:
                values[name] = read_date(elements[at])
                return True
            return self.read(elements, values)

        return read

    @property
    def written(self) -> dict[int, Callable[[Any], str]]:
        """The day with its format."""
        form: dict[int, Callable[[Any], str]] = {} if self.form_at is None else {self.form_at: day_form}
        return {**form, self.at: write_date}

    def write(self, value: date, elements: list[str]) -> None:
        """Write the day with its format."""
        if self.form_at is not None:
            elements[self.form_at] = "D8"
        elements[self.at] = write_date(value)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The element of the day."""
        return self.at, None


class Days(SegmentField, frozen=True):
    """A DTP that holds a day or a period: `Days("service_dates", "DTP*472")`.

    With `always_span`, a single day is written as a period too.
    """

    always_span: bool = False

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Format and days."""
        return ((2, None), (3, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the period by its format."""
        values[self.name] = period_of(elements)
        return True

    def reader(self) -> Callable[[list[str], Values], bool]:
        """A segment of the usual length is read at once."""
        name = self.name

        def read(elements: list[str], values: Values) -> bool:
            if len(elements) == 4:
                values[name] = read_period(elements[2], elements[3])
                return True
            return self.read(elements, values)

        return read

    @property
    def written(self) -> dict[int, Callable[[Any], str]]:
        """Format and period, where a single day is none."""
        return {} if self.always_span else {2: period_form, 3: write_days}

    def write(self, value: Period, elements: list[str]) -> None:
        """Write format and period."""
        elements[2], elements[3] = ("RD8", write_span(value)) if self.always_span else write_period(value)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """DTP03."""
        return 3, None


class Moments(SegmentField, frozen=True):
    """A DTP that holds a day, or a day and a time of day: `Moments("admission", "DTP*435")`."""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Format, and day with time."""
        return ((2, None), (3, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the moment by its format."""
        try:
            values[self.name] = read_moment(component_of(elements, 2, None), component_of(elements, 3, None))
        except ValueError:
            raise WrongValueError(MOMENT, 3, None) from None
        return True

    def write(self, value: Moment, elements: list[str]) -> None:
        """Write format and moment."""
        elements[2], elements[3] = write_moment(value)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """DTP03."""
        return 3, None


def period_of(elements: list[str]) -> Period:
    """Read DTP02 and DTP03. Raises `WrongValueError` at DTP03."""
    try:
        return read_period(component_of(elements, 2, None), component_of(elements, 3, None))
    except ValueError:
        raise WrongValueError(PERIOD, 3, None) from None
