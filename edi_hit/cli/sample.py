"""`edi-hit sample`: writes synthetic, valid home-infusion files."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from edi_hit.jobs.output_files import written_whole
from edi_hit.sample import write_sample_835, write_sample_837i, write_sample_837p

_STANDARD_OUTPUT = Path("-")
_WRITERS = {"837p": write_sample_837p, "837i": write_sample_837i, "835": write_sample_835}


@click.command()
@click.option(
    "--kind",
    type=click.Choice(list(_WRITERS), case_sensitive=False),
    default="837p",
    show_default=True,
    help="Kind of file: claims, or the remittances that answer them.",
)
@click.option(
    "--claims",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help="How many claims.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="S",
    help="The same seed gives the same bytes.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="-",
    show_default=True,
    metavar="FILE",
    help="The file to write; - is standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.pass_context
def command(context: click.Context, kind: str, claims: int, seed: int, output: Path, force: bool) -> None:
    """Write a synthetic, valid home-infusion file: invented people and payers, real codes.

    The claims are Medicare home infusion visits, drugs with pump and supplies for a DME contractor,
    commercial per diems and secondary claims, with dates of service from 2021 to 2025. An 837i has the
    commercial ones, for plans that take institutional claims. An 835 answers the claims that the same count
    and seed give as an 837p.

    \b
    Examples:
      edi-hit sample --claims 200 -o claims.837
      edi-hit sample --claims 1000 --seed 7 -o - | edi-hit validate -
      edi-hit sample --kind 835 --claims 200 -o remittances.835
    """
    write = _WRITERS[kind]
    quiet = bool(context.obj and context.obj["quiet"])
    with _progress(claims, show=not quiet) as progress:
        if output == _STANDARD_OUTPUT:
            stream = sys.stdout.buffer
            write(stream, claims, seed, progress)
            stream.flush()
        else:
            with written_whole(output, force) as stream:
                write(stream, claims, seed, progress)
    if output != _STANDARD_OUTPUT and not quiet:
        click.echo(f"{output}: {claims} {'claim' if claims == 1 else 'claims'} ({kind})", err=True)


@contextmanager
def _progress(claims: int, show: bool) -> Iterator[Callable[[int], None] | None]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not show or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=claims, label="Writing", file=sys.stderr, update_min_steps=500) as bar:
        yield bar.update
