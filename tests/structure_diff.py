"""Where two structures differ, so that a failed comparison of large ones can be read."""

from collections.abc import Iterator

import msgspec


def differences(left: object, right: object, path: str = "") -> list[str]:
    """The paths at which `left` and `right` differ, with both values."""
    return list(_walk(left, right, path))


def _walk(left: object, right: object, path: str) -> Iterator[str]:
    if isinstance(left, msgspec.Struct) and type(left) is type(right):
        for name in left.__struct_fields__:
            yield from _walk(getattr(left, name), getattr(right, name), f"{path}.{name}")
    elif isinstance(left, list | tuple) and isinstance(right, list | tuple) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _walk(one, other, f"{path}[{index}]")
    elif left != right:
        yield f"{path}: {left!r} != {right!r}"
