"""A declaration with what it can do: read a loop, write one, and say where a field stands."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from edi_hit.guides import Loop, LoopNode
from edi_hit.mapping.declaration import Declaration, T
from edi_hit.mapping.loop_reader import LoopReader
from edi_hit.mapping.loop_writer import LoopWriter
from edi_hit.mapping.places import Where, locate
from edi_hit.mapping.problems import Problem


class LoopMapping(Declaration[T]):
    """Declares how a structure stands in a loop; the same declaration reads it and writes it."""

    @cached_property
    def _reader(self) -> LoopReader:
        return LoopReader(self)

    @cached_property
    def _writers(self) -> dict[LoopNode, LoopWriter]:
        return {}

    def read(self, loop: Loop, problems: list[Problem], **given: object) -> T | None:
        """Read `loop` into the structure; None where a required field has no value.

        `given` supplies fields that come from elsewhere (the context of a claim), None where they could not
        be read. What is wrong is added to `problems`.
        """
        return cast("T | None", self._reader.read(loop, problems, given))

    def write(self, value: T, node: LoopNode, parent: Loop | None = None) -> Loop:
        """Compose the structure into a loop of segments, in guide order.

        Raises `ComposeError` for what the loop has no place for.
        """
        writer = self._writers.get(node)
        if writer is None:
            writer = self._writers[node] = LoopWriter(self, node)
        return writer.write(value, parent)

    def locate(self, loop: Loop, path: str) -> Where | None:
        """Find where the field at `path` (`charge`, `lines[1].units`) stands in `loop` as read.

        None where the loop or segment did not come. Raises `KeyError` where there is no such field.
        """
        return locate(self, self._reader, loop, path)
