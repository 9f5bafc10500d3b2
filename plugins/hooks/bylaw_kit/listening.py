"""Hears what a call does beyond answering: an audit hook, a courtesy to authors and no barrier."""

import _thread
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

WATCHED = ("open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "urllib.")
CLOCKS = ("time", "monotonic", "perf_counter", "time_ns", "localtime", "gmtime", "sleep")
PLACES: tuple[tuple[Any, str, str], ...] = (
    *((time, name, f"time.{name}") for name in CLOCKS),
    (_thread, "start_new_thread", "a thread"),
    (threading, "_start_new_thread", "a thread"),
)
"""What no audit event tells of, on every version of Python: stood in for while somebody listens."""
_heard: "_Heard | None" = None


class _State:
    installed = False


class _Heard(list[str]):
    """Of the thread that listens alone: what others do meanwhile, such as one that sends metrics, is not the call's."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()

    def note(self, what: str) -> None:
        if threading.get_ident() == self._thread:
            self.append(what)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _heard is not None and event.startswith(WATCHED) and not _import(event, arguments):
        _heard.note(event)


def _import(event: str, arguments: tuple[Any, ...]) -> bool:
    """A module that is imported at its first use opens files: no fault of the call."""
    return event in {"open", "os.listdir", "os.scandir"} and str(arguments[:1]).find(".py") >= 0


@contextmanager
def listening() -> Iterator[list[str]]:
    """What is heard of files, network, threads, environment and clocks while inside; a thread begun there is itself."""
    global _heard  # noqa: PLW0603 - an audit hook can never be taken away: it is switched
    if not _State.installed:
        sys.addaudithook(_hook)
        _State.installed = True
    heard = _Heard()
    _heard = heard
    with _told(heard), _environment(heard):
        try:
            yield heard
        finally:
            _heard = None


@contextmanager
def _told(heard: _Heard) -> Iterator[None]:
    kept = [getattr(module, name) for module, name, _ in PLACES]

    def telling(what: str, function: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            heard.note(what)
            return function(*arguments, **named)

        return call

    for (module, name, what), function in zip(PLACES, kept, strict=True):
        setattr(module, name, telling(what, function))
    try:
        yield
    finally:
        for (module, name, _), function in zip(PLACES, kept, strict=True):
            setattr(module, name, function)


class _Watched(dict[str, str]):
    def __init__(self, heard: _Heard) -> None:
        super().__init__(os.environ)
        self._to = heard

    def __getitem__(self, name: str) -> str:
        self._to.note(f"os.environ[{name}]")
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._to.note(f"os.environ[{name}]")
        return super().get(name, default)


@contextmanager
def _environment(heard: _Heard) -> Iterator[None]:
    kept: Any = os.environ
    os.environ = _Watched(heard)  # type: ignore[assignment] # noqa: B003 - put back below
    try:
        yield
    finally:
        os.environ = kept  # noqa: B003
