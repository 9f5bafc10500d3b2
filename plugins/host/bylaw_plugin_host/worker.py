"""A worker: the process that imports one distribution and answers for it over its line, until the line ends.

The service starts it as `python -I -u -m bylaw_plugin_host.worker <socket> <seconds to start> <folder> <distribution>
<memory bytes>`, in a session, an environment and an empty folder of its own. First it says its manifest, or why
there is none; then it answers one frame after another. What a plugin prints goes to the service's bounded log.
"""

import faulthandler
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path

from bylaw_plugin_host.answering import Answering
from bylaw_plugin_host.discovery import GROUP, Found, PluginRefused, found_among
from bylaw_plugin_host.frames import MOST_ASKED_BYTES, Line, LineBroken
from bylaw_plugin_host.kin import kin
from bylaw_plugin_host.loading import loaded

MADE_BETWEEN_SEARCHES = 50_000
"""Objects after which garbage is looked for: what a distribution imports stays, Python would look through it again."""

GRACE_SECONDS = 5
"""A worker whose service died while it started, or in the middle of a call, ends itself so long after the deadline."""


def main(arguments: Sequence[str]) -> None:
    """Register the distribution, say what it offers, then answer until nobody asks any more."""
    gc.set_threshold(MADE_BETWEEN_SEARCHES)
    number, start_seconds, folder, name, memory_bytes = arguments
    end = socket.socket(fileno=int(number))
    end.set_inheritable(False)
    limit(int(memory_bytes))
    faulthandler.enable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, float(start_seconds) + GRACE_SECONDS)
    line = Line(end, most_column_bytes=MOST_ASKED_BYTES)
    try:
        answering = Answering(loaded(found(folder, name)))
    except PluginRefused as refused:
        line.say({"refused": {"reason": refused.reason, "zh": refused.why_zh, "en": refused.why_en}})
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    line.say({"manifest": answering.manifest})
    serve(line, answering)


def serve(line: Line, answering: Answering) -> None:
    """One question after another."""
    try:
        while True:
            header, columns = line.hear()
            signal.setitimer(signal.ITIMER_REAL, float(header["seconds"]) + GRACE_SECONDS)
            line.say(*answering.answer(header, columns))
            signal.setitimer(signal.ITIMER_REAL, 0)
    except LineBroken:
        # Whoever started it may be gone, and can end nobody and remove nothing.
        for number in kin(os.getpid()):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        with suppress(OSError):
            Path.cwd().rmdir()


def limit(memory_bytes: int) -> None:
    """A hog gets MemoryError, not the machine; and no crash leaves a picture of its memory behind."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def found(folder: str, name: str) -> Found:
    """The distribution as it is installed in that folder, whose modules may be imported from now on."""
    if folder not in sys.path:
        sys.path.append(folder)
    installed = next(iter(distributions(name=name, path=[folder])))
    return next(iter(found_among(entry for entry in installed.entry_points if entry.group == GROUP)))


if __name__ == "__main__":
    main(sys.argv[1:])
