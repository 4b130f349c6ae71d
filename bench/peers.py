"""The yardsticks: a plain split, pyx12 and x12sdk, each doing its job on a file."""

import contextlib
import io
import logging
from pathlib import Path

import pyx12.error_handler
import pyx12.params
import pyx12.x12context
import pyx12.x12n_document

BLOCK = 128 * 1024

PYX12 = "pyx12 (x12n_document)"
X12SDK = "x12sdk (its parse validates)"
SPLIT = "split (streaming)"


def split(path: Path) -> int:
    """Blocks of the file split into segments and elements, nothing else; gives the segments."""
    count, rest = 0, b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            parts = (rest + block).split(b"~\n")
            rest = parts.pop()
            for part in parts:
                part.split(b"*")
                count += 1
    return count


def pyx12_validate(path: Path) -> int:
    """pyx12's whole validation with its 999; 0 where it refuses the file, else 1.

    For an 835 it writes no 999 (it cannot), so none is asked for.
    """
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    answer = None if path.suffix == ".835" else io.StringIO()
    with contextlib.redirect_stderr(io.StringIO()):
        return int(
            pyx12.x12n_document.x12n_document(
                param=pyx12.params.params(), src_file=str(path), fd_997=answer, fd_html=None
            )
        )


def pyx12_contexts(path: Path) -> int:
    """pyx12's X12ContextReader, which validates: a tree of each claim; gives the claims."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    reader = pyx12.x12context.X12ContextReader(
        pyx12.params.params(), pyx12.error_handler.errh_null(), str(path)
    )
    with contextlib.redirect_stderr(io.StringIO()):
        return sum(node.id == "2300" for node in reader.iter_segments("2300"))


def pyx12_xml(path: Path) -> int:
    """pyx12's XML of a file, validated on the way; gives the characters."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    xml = io.StringIO()
    with contextlib.redirect_stderr(io.StringIO()):
        pyx12.x12n_document.x12n_document(
            param=pyx12.params.params(), src_file=str(path), fd_997=None, fd_html=None, fd_xmldoc=xml
        )
    return xml.tell()


def x12sdk_json(path: Path) -> int:
    """The JSON of x12sdk's objects; gives the characters."""
    from x12sdk.io import X12ModelReader

    with X12ModelReader(str(path)) as reader:
        return sum(len(model.model_dump_json()) for model in reader.models())


def x12sdk_parse(path: Path) -> int:
    """x12sdk's parse, which validates; gives the transaction sets."""
    from x12sdk.io import X12ModelReader

    with X12ModelReader(str(path)) as reader:
        return sum(1 for _ in reader.models())


def for_x12sdk(source: Path, target: Path) -> Path:
    """A copy of a file under the guide ids x12sdk knows (X222A2, X223A3)."""
    text = source.read_bytes().replace(b"005010X222A1", b"005010X222A2")
    target.write_bytes(text.replace(b"005010X223A2", b"005010X223A3"))
    return target
