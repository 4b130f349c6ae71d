"""Ends with 0 where a C compiler and Python's headers are there, else says what is missing, with 1."""

import shutil
import sys
import sysconfig
from pathlib import Path

headers = Path(sysconfig.get_path("include")) / "Python.h"
compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]

if shutil.which(compiler) is None:
    sys.exit(f"No C compiler ({compiler}): nothing is compiled (Debian: apt-get install gcc)")
if not headers.is_file():
    sys.exit("No Python headers: nothing is compiled (Debian: apt-get install python3-dev)")
