"""Structured logs: one event a line, JSON on standard error, nothing personal or secret in them."""

import logging
import sys
from typing import Any

import structlog

_PROCESSORS: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    # The plain traceback: a pretty one would print the locals, tokens and names among them.
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
)


def configure_logs(*, level: str = "INFO") -> None:
    """Sets from which level on lines are written; called once by whoever starts a process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]))


def log() -> Any:
    """The logger; values are fields, never part of the text. Its form does not depend on `configure_logs`."""
    return structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=_PROCESSORS)
