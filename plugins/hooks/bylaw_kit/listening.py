"""Hears what a call does beyond answering: an audit hook, a courtesy to authors and no barrier."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

WATCHED = ("open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "urllib.", "_thread.start_new_thread")
CLOCKS = ("time", "monotonic", "perf_counter", "time_ns", "localtime", "gmtime", "sleep")
_heard: list[str] | None = None
_own = threading.get_ident


class _State:
    installed = False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _heard is not None and event.startswith(WATCHED) and not _import(event, arguments):
        _heard.append(event)


def _import(event: str, arguments: tuple[Any, ...]) -> bool:
    """A module that is imported at its first use opens files: no fault of the call."""
    return event in {"open", "os.listdir", "os.scandir"} and str(arguments[:1]).find(".py") >= 0


@contextmanager
def listening() -> Iterator[list[str]]:
    """What is heard of files, network, threads, environment and clocks while inside."""
    global _heard  # noqa: PLW0603 - an audit hook can never be taken away: it is switched
    if not _State.installed:
        sys.addaudithook(_hook)
        _State.installed = True
    heard: list[str] = []
    _heard = heard
    with _clocks(heard), _environment(heard):
        try:
            yield heard
        finally:
            _heard = None


@contextmanager
def _clocks(heard: list[str]) -> Iterator[None]:
    kept = {name: getattr(time, name) for name in CLOCKS}

    def told(name: str) -> Any:
        def call(*arguments: Any) -> Any:
            heard.append(f"time.{name}")
            return kept[name](*arguments)

        return call

    for name in CLOCKS:
        setattr(time, name, told(name))
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(time, name, function)


class _Watched(dict[str, str]):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(os.environ)
        self._to = heard

    def __getitem__(self, name: str) -> str:
        self._to.append(f"os.environ[{name}]")
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._to.append(f"os.environ[{name}]")
        return super().get(name, default)


@contextmanager
def _environment(heard: list[str]) -> Iterator[None]:
    kept: Any = os.environ
    os.environ = _Watched(heard)  # type: ignore[assignment] # noqa: B003 - put back below
    try:
        yield
    finally:
        os.environ = kept  # noqa: B003
