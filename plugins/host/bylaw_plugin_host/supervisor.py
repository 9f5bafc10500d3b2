"""A distribution's worker and its warm spare: whatever happens to the one, the other takes over."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from bylaw_plugin_host.deadlines import PATIENCE, Deadline
from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.frames import Frame, Header, LineBroken, LineGone, LineSlow
from bylaw_plugin_host.manifest import Manifest, read_manifest
from bylaw_plugin_host.outcomes import ANSWER_INVALID, FAILED, TIMED_OUT, CallFailed, Failure, Losses
from bylaw_plugin_host.workers import KEPT_OUTPUT_BYTES, Limits, Worker

T = TypeVar("T")


class Supervisor:
    """One question at a time. Its first worker starts at once, a spare with the first question.

    `like` another that was introduced, it needs no introduction, and what it loses is counted there.
    """

    def __init__(self, found: Found, limits: Limits, *, like: "Supervisor | None" = None) -> None:
        self._found, self.limits = found, limits
        self.losses: Losses = like.losses if like else Losses()
        self._lock = threading.Lock()
        self._closed = False
        first = Worker(found, limits)
        self._spare: Worker | None = first if like else None
        self._worker: Worker | None = None if like else first
        self.manifest: Manifest | None = like.manifest if like else None
        self._printed = ""

    def introduce(self) -> Manifest:
        """What the first worker says of itself; PluginRefused where it does not."""
        with self._lock:
            worker = self._worker
            if worker is None:
                raise _silent(self._found, "closed")
            try:
                self.manifest = _manifest(self._found, worker)
            except (LineBroken, LineSlow) as broken:
                raise _silent(self._found, self._end(worker, broken)) from broken
            return self.manifest

    def ask(
        self,
        header: Header,
        columns: Sequence[memoryview] = (),
        *,
        seconds: float,
        read: Callable[[Frame], T],
        patience: int = PATIENCE,
        deaths: int = 1,
    ) -> T:
        """The answer, read; CallFailed where there is none in time, or none that can be read.

        A worker may die of something else than this question: whoever asks about one person alone lets it
        cost two `deaths` before that person is blamed.
        """
        with self._lock:
            while True:
                worker = self._ready()
                until = Deadline(seconds, worker.number, patience=patience)
                try:
                    return read(worker.ask(header, columns, until, meanwhile=self._warm_a_spare))
                except (LineBroken, LineSlow) as broken:
                    sure = not isinstance(broken, LineSlow) or until.had_its_time()
                    how, deaths = self._end(worker, broken), deaths - 1
                    if not deaths or not isinstance(broken, LineGone):
                        raise CallFailed(Failure(_reason(broken), detail=how), cost=True, sure=sure) from broken

    def output(self) -> str:
        """The end of what its processes printed."""
        worker = self._worker
        return (self._printed + (worker.output if worker else ""))[-KEPT_OUTPUT_BYTES:]

    @property
    def number(self) -> int:
        """Of the worker that will be asked next, if there is one by now; else 0."""
        worker = self._worker
        return worker.number if worker else 0

    def process_numbers(self) -> list[int]:
        """Of the worker and its spare."""
        return [one.number for one in (self._worker, self._spare) if one]

    def close(self) -> None:
        """End both, and at once whatever is being asked."""
        self._closed = True
        for one in (self._worker, self._spare):
            if one:
                one.hang_up()
        with self._lock:
            for one in (self._worker, self._spare):
                if one:
                    one.kill()
            self._worker = self._spare = None

    def _ready(self) -> Worker:
        """A worker that lives: the spare, where the last one ended."""
        if self._closed:
            raise CallFailed(Failure(FAILED, detail="the host is closed"), divisible=False)
        if self._worker and self._worker.ended():
            self._end(self._worker, None)
        if self._worker is None:
            self._worker = self._taken_over()
        return self._worker

    def _warm_a_spare(self) -> None:
        with suppress(OSError):  # a machine that has no process to spare still has the worker
            self._spare = self._spare or Worker(self._found, self.limits)

    def _taken_over(self) -> Worker:
        self._warm_a_spare()
        worker, self._spare = self._spare, None
        self._worker = worker  # where `close` finds it
        if worker is None:
            raise CallFailed(Failure(FAILED, detail="no process for it"), divisible=False)
        if self._closed:
            worker.hang_up()
        try:
            same = _manifest(self._found, worker) == self.manifest
        except (LineBroken, LineSlow, PluginRefused) as broken:
            how, self._worker = worker.kill(), None
            raise CallFailed(Failure(FAILED, detail=f"does not start: {how}"), divisible=False, cost=True) from broken
        if not same:
            worker.kill()
            self._worker = None
            raise CallFailed(Failure(FAILED, detail="offers something else since the start"), divisible=False)
        return worker

    def _end(self, worker: Worker, broken: Exception | None) -> str:
        how = worker.kill(falling=isinstance(broken, LineGone), hanging=isinstance(broken, LineSlow))
        if not self._closed:
            self.losses.ended += 1
            self.losses.timed_out += isinstance(broken, LineSlow)
        self._printed, self._worker = worker.output, None
        return f"{how}: {broken}" if isinstance(broken, LineBroken) and not isinstance(broken, LineGone) else how


def _reason(broken: Exception) -> str:
    if isinstance(broken, LineSlow):
        return TIMED_OUT
    return FAILED if isinstance(broken, LineGone) else ANSWER_INVALID


def _manifest(found: Found, worker: Worker) -> Manifest:
    header, _ = worker.introduce()
    refused = header.get("refused")
    if isinstance(refused, dict) and all(type(refused.get(word)) is str for word in ("reason", "zh", "en")):
        raise PluginRefused(found.distribution, refused["reason"], zh=refused["zh"], en=refused["en"])
    return read_manifest(found, header.get("manifest") or {})


def _silent(found: Found, how: str) -> PluginRefused:
    return PluginRefused(
        found.distribution,
        "WORKER_ENDED",
        zh=f"其工作进程未能启动({how})；请修复或卸载",
        en=f"its worker did not start ({how}); repair or uninstall it",
    )
