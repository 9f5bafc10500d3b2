"""Structured logs: one event a line, JSON on standard error, nothing personal or secret in them."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

LONGEST_CHAIN = 8


def told(error: BaseException) -> list[str]:
    """An exception and its causes: types, places, SQLSTATE and constraint. Never their texts.

    A driver's text quotes the row at fault (`Key (login)=(...) already exists`), a parser's the input.
    """
    lines: list[str] = []
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen and len(lines) < LONGEST_CHAIN * 10:
        seen.add(id(following))
        lines.append(_named(following))
        frames = traceback.extract_tb(following.__traceback__)[-LONGEST_CHAIN:]
        lines.extend(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        following = following.__cause__ or following.__context__
    return lines


def _named(error: BaseException) -> str:
    parts = [type(error).__name__, getattr(error, "sqlstate", None)]
    parts.append(getattr(getattr(error, "diag", None), "constraint_name", None))
    return " ".join(part for part in parts if part)


def _tell_error(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = told(error)
    return event


_PROCESSORS: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _tell_error,
    # ASCII: what is written right to left, or moves the cursor, stays visible as what it is.
    structlog.processors.JSONRenderer(ensure_ascii=True),
)


class _Others(logging.Handler):
    """Lines of libraries, in our form."""

    def emit(self, record: logging.LogRecord) -> None:
        write = log().error if record.levelno >= logging.ERROR else log().warning
        write("library", logger=record.name, said=str(record.msg), exc_info=record.exc_info)


def configure_logs(*, level: str = "INFO") -> None:
    """Sets from which level on lines are written; called once by whoever starts a process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]))
    logging.basicConfig(handlers=[_Others()], level=logging.WARNING, force=True)


def log() -> Any:
    """The logger; values are fields, never part of the text. Its form does not depend on `configure_logs`."""
    return structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=_PROCESSORS)
