from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from edi_hit.jobs.spool import Spool


class Item(msgspec.Struct, frozen=True):
    name: str
    amount: Decimal
    on: date | None


def test_items_come_back_equal_in_any_order(tmp_path: Path) -> None:
    items = [Item(f"n{i}", Decimal(i) / 100, date(2025, 1, 1) if i % 2 else None) for i in range(500)]
    with Spool(Item, tmp_path) as spool:
        assert [spool.append(item) for item in items] == list(range(500))
        assert spool[499] == items[499]
        assert spool[0] == items[0]
        assert list(spool) == items
        assert len(spool) == 500


def test_reading_between_writes_does_not_harm_either(tmp_path: Path) -> None:
    with Spool(Item, tmp_path) as spool:
        for i in range(50):
            spool.append(Item(str(i), Decimal("0.01"), None))
            assert spool[i // 2].name == str(i // 2)
        assert [item.name for item in spool] == [str(i) for i in range(50)]


def test_the_file_has_no_name_and_is_gone_afterwards(tmp_path: Path) -> None:
    with Spool(Item, tmp_path) as spool:
        spool.append(Item("a", Decimal("1"), None))
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_items_taken_out_can_be_held_again_and_added_to_another_spool(tmp_path: Path) -> None:
    items = [Item(f"n{i}" * (i % 7), Decimal(i), None) for i in range(30_000)]
    with Spool(Item, tmp_path) as one, Spool(Item, tmp_path) as other:
        stretches = []
        for start, end in ((0, 2), (2, 2), (2, 30_000)):
            for item in items[start:end]:
                one.append(item)
            stretches.append(one.take_out())
            assert len(one) == 0
        other.append(items[-1])
        for stretch in stretches:
            one.hold(stretch)
            other.extend(one)
        assert list(one) == items[2:]
        assert (one[0], one[29_997]) == (items[2], items[-1])
        assert list(other) == [items[-1], *items]
        assert other[3] == items[2]
