"""pyx12 as oracle: does the reference implementation accept a file?"""

import contextlib
import io
import logging
from pathlib import Path

import pyx12.params
import pyx12.x12n_document


def accepts(path: Path) -> bool:
    """Whether pyx12 finds no error in the file (its 999 is not asked for: it cannot write one for an 835)."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    with contextlib.redirect_stderr(io.StringIO()):
        return bool(
            pyx12.x12n_document.x12n_document(
                param=pyx12.params.params(), src_file=str(path), fd_997=None, fd_html=None
            )
        )
