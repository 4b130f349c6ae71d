"""Pairs the items of two lists by keys, the most telling key first. Linear in the number of items."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class PairKey(msgspec.Struct, Generic[T], frozen=True):
    """One way to find the other item.

    `of` gives an item's key, None where it has none; `fits` may still refuse a pair; where `alone` is true
    only a key that one item of each list has makes a pair.
    """

    of: Callable[[T], Hashable | None]
    fits: Callable[[T, T], bool] = lambda one, other: True
    alone: bool = False


class Paired(msgspec.Struct, Generic[T]):
    """The pairs found, and what is left on each side, all in the order given."""

    pairs: list[tuple[T, T]]
    left: list[T]
    right: list[T]


def pair(left: Sequence[T], right: Sequence[T], keys: Sequence[PairKey[T]]) -> Paired[T]:
    """Pair items key after key; of several items with one key, the first with the first."""
    found: list[tuple[int, int]] = []
    ours, theirs = list(range(len(left))), list(range(len(right)))
    for key in keys:
        if not ours or not theirs:
            break
        offered = _by_key(right, theirs, key)
        for value, wanted in _by_key(left, ours, key).items():
            matching = offered.get(value, [])
            if not key.alone or len(wanted) == len(matching) == 1:
                pairs = zip(wanted, matching, strict=False)
                found += [(one, other) for one, other in pairs if key.fits(left[one], right[other])]
        taken_left, taken_right = {one for one, _ in found}, {other for _, other in found}
        ours = [index for index in ours if index not in taken_left]
        theirs = [index for index in theirs if index not in taken_right]
    found.sort()
    return Paired(
        [(left[one], right[other]) for one, other in found],
        [left[index] for index in ours],
        [right[index] for index in theirs],
    )


def _by_key(items: Sequence[T], indexes: Sequence[int], key: PairKey[T]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for index in indexes:
        value = key.of(items[index])
        if value is not None:
            found.setdefault(value, []).append(index)
    return found
