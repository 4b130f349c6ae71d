"""`python -m edi_hit` is the `edi-hit` command."""

from edi_hit.cli.main import main

main()
