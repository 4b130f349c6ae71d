"""Builds the package; with EDI_HIT_COMPILE=1, its inner loops as C extensions (mypyc and a C compiler).

All else stands in setup.cfg. Compiled modules do what their Python source does. Which they are is listed in
pyproject.toml, `tool.edi-hit.compile`. EDI_HIT_OPTIMISE=0 has the C compiler spend no time on making them
fast, which is enough to test them. Building leaves nothing in the source tree.
"""

import atexit
import os
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

from setuptools import Extension, setup


def compiled_modules() -> list[str]:
    """The modules listed, but those that declare structures: msgspec reads these as Python."""
    settings = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["edi-hit"]["compile"]
    found = {path for pattern in settings["modules"] for path in Path().glob(pattern)}
    modules = [path for path in sorted(found) if path.name != "__init__.py"]
    return [str(path) for path in modules if "msgspec.Struct" not in path.read_text(encoding="utf-8")]


def extensions(work: str) -> list[Extension]:
    """What is compiled, its C source written into `work`; nothing where it is not asked for."""
    if os.environ.get("EDI_HIT_COMPILE") != "1":
        return []
    if {"editable_wheel", "develop", "build_ext"} & set(sys.argv):
        raise SystemExit("EDI_HIT_COMPILE=1 puts nothing beside the sources: install without -e")
    from mypyc.build import mypycify

    level = os.environ.get("EDI_HIT_OPTIMISE", "3")
    return mypycify(compiled_modules(), opt_level=level, debug_level="0", multi_file=True, target_dir=work)


def main() -> None:
    """Run the build in a folder that is removed when it ends."""
    work = tempfile.mkdtemp(prefix="edi-hit-build-")
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    setup(ext_modules=extensions(work), options={"build": {"build_base": work}})


main()
