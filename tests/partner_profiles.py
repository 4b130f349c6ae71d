"""Profiles of trading partners for tests: the parties of `claim_text`, and what a test adds."""

from pathlib import Path

from edi_hit.jobs.partner_files import checked_partner
from edi_hit.profiles import Partner

PARTIES = """
name = "dayton"
[sender]
id = "SENDER"
[receiver]
id = "RECEIVER"
"""


def profile(folder: Path, text: str = "", name: str = "dayton") -> Path:
    """A file with the parties of `claim_text` and `text`: settings of the profile itself come first."""
    path = folder / f"{name}.toml"
    head, _, tables = text.partition("\n[")
    path.write_text(head + PARTIES.replace("dayton", name) + ("\n[" + tables if tables else ""))
    return path


def partner(folder: Path, text: str = "") -> Partner:
    """The profile, read and checked."""
    return checked_partner(profile(folder, text))


def rule(kind: str, loop: str, segment: str = "", more: str = "") -> str:
    """A profile's rule called OWN-1."""
    return (
        f'\n[[rules]]\nid = "OWN-1"\nkind = "{kind}"\nloop = "{loop}"\nsegment = "{segment}"\n'
        f'message = "not agreed"\nsource = "a test"\n{more}\n'
    )
