"""A service as a process: its gRPC port, health, reflection, jobs, and a stop that drains."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from bylaw_chassis.admission import HARD_LIMIT, CallPool, on_threads_of
from bylaw_chassis.database import Database
from bylaw_chassis.garbage import collect_seldom
from bylaw_chassis.grpc_face import GrpcFace
from bylaw_chassis.jobs import Runner
from bylaw_chassis.neighbours import LARGEST_MESSAGE_BYTES, LARGEST_METADATA_BYTES
from bylaw_chassis.observe import log
from bylaw_chassis.server import Server
from bylaw_chassis.settings import SettingWrong

LIVE = "live"
"""The health service's name for liveness: serving as long as the process is; all other names follow the database."""

LOOK_UP_SECONDS = 1.0

_SERVING, _NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING

_OPTIONS = (
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_metadata_size", LARGEST_METADATA_BYTES),
    ("grpc.absolute_max_metadata_size", LARGEST_METADATA_BYTES * 2),
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
)


@dataclass(slots=True)
class Service:
    """One service, built and not yet started: what a process hosts.

    `details` are further names under which health answers whether something is as it should be, such as the age of what
    is known of the organisation; the service answers calls all the same.
    """

    name: str
    server: Server
    database: Database
    runner: Runner
    on_close: list[Callable[[], None]] = field(default_factory=list)
    details: Mapping[str, Callable[[], bool]] = field(default_factory=dict)

    def ready(self) -> bool:
        """Whether its database answers."""
        return self.database.answers()

    def holds(self, detail: str) -> bool:
        """Whether a detail is as it should be; not where that cannot be told."""
        try:
            return self.details[detail]()
        except Exception as error:  # noqa: BLE001 - the database is away: the watch must go on
            log().warning("detail_not_told", service=self.name, detail=detail, reason=type(error).__name__)
            return False

    def close(self) -> None:
        """Stops the jobs and closes every connection."""
        self.runner.stop()
        for close in self.on_close:
            close()
        self.server.close()
        self.database.close()


@dataclass
class Listener:
    """A service on the network. `threads` calls run at once, half of them streams; as many wait, more are refused."""

    service: Service
    address: str
    threads: int = 8
    linger_seconds: float = 5.0
    drain_seconds: float = 18.0
    reflect: bool = False

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._names = [service.full_name for service in self.service.server.services]
        self._pool = CallPool(self.threads, self.service.name)
        self._face = GrpcFace(self.service.server, self._pool)
        self._grpc = grpc.server(
            self._pool,
            handlers=[self._face],
            maximum_concurrent_rpcs=self._pool.most + HARD_LIMIT,
            options=_OPTIONS,
        )
        self._health, self._health_pool = _add_health(self._grpc)
        if self.reflect:
            reflection.enable_server_reflection([*self._names, reflection.SERVICE_NAME], self._grpc)
        self.port = self._bind()

    def start(self) -> None:
        """Begins to answer and to run jobs."""
        self._health.set(LIVE, _SERVING)
        for detail in self.service.details:
            self._health.set(detail, _NOT_SERVING)
        self._grpc.start()
        self.service.runner.start()
        threading.Thread(target=self._watch, name="health", daemon=True).start()
        log().info("listening", service=self.service.name, port=self.port)

    def run(self) -> None:
        """Serves until SIGTERM or SIGINT, then drains: not serving, linger, finish what runs, end."""
        told: SimpleQueue[int] = SimpleQueue()  # unlike an Event's, its lock takes a signal in the middle of a wait
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: told.put(number))
        self.start()
        collect_seldom()
        # A signal that reaches another thread, or comes just before the wait, wakes nobody: so it looks up each second.
        while not self._stopping.is_set():
            with suppress(Empty):
                told.get(timeout=LOOK_UP_SECONDS)
                break
        self.stop()
        if self._pool.busy:  # a method that outlasts the drain must not keep the process
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)

    def stop(self) -> None:
        """Says it is not serving, answers on for a moment since callers learn late, finishes what runs."""
        ends = time.monotonic() + self.linger_seconds + self.drain_seconds
        self._stopping.set()
        self.service.runner.ask_to_stop()
        self._show(_NOT_SERVING)
        time.sleep(self.linger_seconds)
        self._grpc.stop(max(0.0, ends - time.monotonic())).wait()
        self._pool.rest_until(ends)
        self.service.runner.stop(max(1.0, ends - time.monotonic()))
        self.service.close()
        self._face.close()
        self._health_pool.shutdown(wait=False)
        log().info("stopped", service=self.service.name, cut=self._pool.busy)

    def _bind(self) -> int:
        try:
            return int(self._grpc.add_insecure_port(self.address))
        except RuntimeError:
            wrong = f"BYLAW_LISTEN: {self.address} 已被占用或不可用 / is taken or not to be had"
            raise SettingWrong(wrong) from None

    def _watch(self) -> None:
        """Health follows the database; liveness is the process itself; a detail has a name of its own."""
        while not self._stopping.is_set():
            self._show(_SERVING if self.service.ready() else _NOT_SERVING)
            for detail in self.service.details:
                self._health.set(detail, _SERVING if self.service.holds(detail) else _NOT_SERVING)
            self._stopping.wait(1.0)

    def _show(self, state: Any) -> None:
        if self._stopping.is_set():
            state = _NOT_SERVING
        for name in ("", *self._names):
            self._health.set(name, state)


def _add_health(server: grpc.Server) -> tuple[health.HealthServicer, ThreadPoolExecutor]:
    """Health on a thread of its own: under overload a process is busy, not dead."""
    servicer, pool = health.HealthServicer(), ThreadPoolExecutor(1, thread_name_prefix="health")
    servicer.Check = on_threads_of(pool, servicer.Check)
    servicer.set("", health_pb2.HealthCheckResponse.NOT_SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    return servicer, pool
