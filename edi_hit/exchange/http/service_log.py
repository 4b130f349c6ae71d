"""Logs of the service: one JSON object a line, with nothing of a request's content."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

LOG = logging.getLogger("edi_hit.http")

_OF_A_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class JsonLines(logging.Formatter):
    """Writes a record as JSON. Of an exception its kind and where it was raised are told, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if record.name == LOG.name else str(record.msg),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _OF_A_RECORD}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = where_raised(record.exc_info[1])
        return json.dumps(line, default=str)


def where_raised(error: BaseException) -> str:
    """Say the kind of an error and the code it was raised in; its text may hold data."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join([type(error).__name__, *(f"{f.filename}:{f.lineno}" for f in reversed(frames))])


def log_to_standard_error(level: int = logging.INFO) -> None:
    """Send the logs of the service and of its server to standard error, as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, least in ((LOG.name, level), ("uvicorn.error", logging.WARNING), ("asyncio", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(least)
