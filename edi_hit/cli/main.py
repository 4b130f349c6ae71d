"""The `edi-hit` command: finds its commands, and turns errors into one line and an exit code."""

import sys
import traceback
from importlib import import_module

import click

import edi_hit
from edi_hit.jobs import exit_codes
from edi_hit.rules import EdiHitError

COMMANDS = {
    "adjudicate": "Decide claims, price them, and write the 835.",
    "batch": "Make an 837 for a trading partner from claims.",
    "codes": "Say what a code means.",
    "coverage": "Say who pays the drug, the pump and supplies, and the visits.",
    "drop": "Work on folders unattended: files in, answers out.",
    "explain": "Explain what was decided on a claim, and how to put it right.",
    "ledger": "Keep what happened before: history, coverage, suppliers, prices.",
    "partners": "Check and show profiles of trading partners.",
    "post": "Turn remittances into tables for posting.",
    "price": "Price one code, with the arithmetic shown.",
    "receive": "Take in acknowledgements and remittances of claims sent.",
    "reconcile": "Hold a payer's 835s against the expected ones.",
    "report": "Show claims and payments as a page to read.",
    "rules": "Say what a rule checks and where it comes from.",
    "sample": "Write synthetic, valid home-infusion files.",
    "serve": "Serve all this over HTTP, with a page for a person.",
    "sftp": "Fetch files from a partner's SSH server, and put files there.",
    "status": "Show claims from sent to accepted to paid.",
    "translate": "Turn X12 into XML, JSON or tables, and back.",
    "validate": "Check X12 files and say what is wrong, and where.",
}
"""Name and help of each command; its module in this package has the same name."""


ANYWHERE = ("-q", "--quiet", "-v", "--verbose")
"""Options of the whole command that may also stand behind a command's name."""


class _Commands(click.Group):
    """Loads a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"edi_hit.cli.{cmd_name}").command
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(edi_hit.__version__, prog_name="edi-hit")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors and the result asked for.")
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def edi_hit_command(context: click.Context, quiet: bool, verbose: bool) -> None:
    """Translate, check, price and adjudicate X12 837 claims for home infusion therapy.

    Exit codes: 0 done, nothing wrong found; 1 done, errors found; 2 wrong usage; 3 not X12 or cut off;
    4 the surroundings failed (disk, a reference table that cannot be done without).
    """
    context.obj = {"quiet": quiet, "verbose": verbose}


def main() -> None:
    """Run the command line; the process ends with the documented exit code."""
    verbose = "-v" in sys.argv or "--verbose" in sys.argv
    try:
        code = edi_hit_command(_options_first(sys.argv[1:]), prog_name="edi-hit", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = exit_codes.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except EdiHitError as error:
        code = _report(error, error.exit_code, verbose)
    except OSError as error:
        code = _report(error, exit_codes.FAILED, verbose)
    except Exception as error:
        kind = type(error).__name__
        code = _report(EdiHitError(f"unexpected {kind}; -v shows where"), exit_codes.FAILED, False)
        if verbose:
            traceback.print_exception(error)
    sys.exit(code)


def _options_first(arguments: list[str]) -> list[str]:
    """Let -q and -v stand anywhere before `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    anywhere = [item for item in arguments[:end] if item in ANYWHERE]
    return anywhere + [item for item in arguments[:end] if item not in ANYWHERE] + arguments[end:]


def _report(error: Exception, code: int, verbose: bool) -> int:
    if verbose:
        traceback.print_exception(error)
    table = getattr(error, "table", None)
    click.echo(f"edi-hit: {f'table {table}: ' if table else ''}{error}", err=True)
    hint = getattr(error, "hint", None)
    if hint:
        click.echo(f"  {hint}", err=True)
    return code
