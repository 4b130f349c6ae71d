"""Lines of a beneficiary that are one to a rule, however many they are."""

from typing import Final, Generic, TypeVar

F = TypeVar("F")


class Alike(Generic[F]):
    """Lines alike in all but claim and number: the first and the last with their places, and how many."""

    def __init__(self, first_place: int, first: F, last_place: int, last: F, how_many: int) -> None:
        self.first_place: Final = first_place
        self.first: Final = first
        self.last_place: Final = last_place
        self.last: Final = last
        self.how_many: Final = how_many
