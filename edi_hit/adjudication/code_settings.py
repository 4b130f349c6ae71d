"""The codes a user's settings put into an 835: known, in use on its production date, and allowed together."""

from collections.abc import Iterator
from datetime import date

from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.remits.checks.code_lists_835 import SEPARATOR, read_reason, read_remark
from edi_hit.rules import ConfigError, Severity


def require_usable(settings: RunSettings, tables: Tables, on: date) -> None:
    """Refuse settings whose codes an 835 of day `on` could not carry; raises `ConfigError`, naming them all.

    A code that is not in our lists is refused as far as those reach; past that the 835 bears a warning.
    """
    faults = [*_of_rules(settings, tables, on), *_of_payers(settings, tables, on)]
    if faults:
        raise ConfigError("\n".join(faults))


def _of_rules(settings: RunSettings, tables: Tables, on: date) -> Iterator[str]:
    for name, choice in settings.codes.items():
        reason = read_reason(tables, choice.group + SEPARATOR + choice.carc, on)
        known = tables.carc(choice.carc)
        for fault in reason.faults if reason else ():
            if known is not None or fault.severity is not Severity.WARNING:
                yield f"codes.{name}.carc: {choice.carc} {fault.what}"
        yield from _of_remarks(f"codes.{name}.rarc", choice.rarc, tables, on)
        explains = any(read_remark(tables, code, on).explains for code in choice.rarc)
        if reason is not None and reason.needs_remark and not explains:
            yield f"codes.{name}.rarc: {choice.carc} needs a remark code beside it that is no alert"


def _of_payers(settings: RunSettings, tables: Tables, on: date) -> Iterator[str]:
    named = {"payer": settings.payer, **{f"payers.{key}": one for key, one in settings.payers.items()}}
    for under, identity in named.items():
        yield from _of_remarks(f"{under}.remarks", identity.remarks, tables, on)


def _of_remarks(place: str, codes: tuple[str, ...], tables: Tables, on: date) -> Iterator[str]:
    for code in codes:
        known = tables.rarc(code)
        for fault in read_remark(tables, code, on).faults:
            if known is not None or fault.severity is not Severity.WARNING:
                yield f"{place}: {code} {fault.what}"
