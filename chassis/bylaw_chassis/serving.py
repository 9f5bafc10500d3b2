"""A service as a process: its gRPC port, health, reflection, jobs, and a stop that drains."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import grpc
import sqlalchemy as sa
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from bylaw_chassis.database import Database
from bylaw_chassis.grpc_face import GrpcFace
from bylaw_chassis.jobs import Runner
from bylaw_chassis.observe import log
from bylaw_chassis.server import Server

LARGEST_MESSAGE_BYTES = 40 * 1024 * 1024
"""A file of 32 MiB and what is around it."""


@dataclass(slots=True)
class Service:
    """One service, built and not yet started: what a process hosts."""

    name: str
    server: Server
    database: Database
    runner: Runner
    on_close: list[Callable[[], None]] = field(default_factory=list)

    def ready(self) -> bool:
        """Whether its database answers."""
        try:
            with self.database.engine.connect() as connection:
                connection.execute(sa.text("select 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Stops the jobs and closes every connection."""
        self.runner.stop()
        for close in self.on_close:
            close()
        self.database.close()


@dataclass
class Listener:
    """A service on the network. `threads` calls run at once; more than twice as many are refused, not queued."""

    service: Service
    address: str
    threads: int = 8
    linger_seconds: float = 5.0
    drain_seconds: float = 20.0
    reflect: bool = True

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._health = health.HealthServicer()
        self._grpc = grpc.server(
            ThreadPoolExecutor(self.threads, thread_name_prefix=self.service.name),
            handlers=[GrpcFace(self.service.server)],
            maximum_concurrent_rpcs=self.threads * 2,
            options=[
                ("grpc.so_reuseport", 0),
                ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
                ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
                ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
            ],
        )
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._grpc)
        if self.reflect:
            names = [service.full_name for service in self.service.server.services]
            reflection.enable_server_reflection([*names, reflection.SERVICE_NAME], self._grpc)
        self.port = self._grpc.add_insecure_port(self.address)

    def start(self) -> None:
        """Begins to answer and to run jobs."""
        self._grpc.start()
        self.service.runner.start()
        threading.Thread(target=self._watch, name="health", daemon=True).start()
        log().info("listening", service=self.service.name, port=self.port)

    def run(self) -> None:
        """Serves until SIGTERM or SIGINT, then drains: not serving, linger, finish what runs, end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())
        self.start()
        self._stopping.wait()
        self.stop()

    def stop(self) -> None:
        """Says it is not serving, answers on for a moment since callers learn late, finishes what runs."""
        self._stopping.set()
        self._health.enter_graceful_shutdown()
        threading.Event().wait(self.linger_seconds)
        self._grpc.stop(self.drain_seconds).wait()
        self.service.close()
        log().info("stopped", service=self.service.name)

    def _watch(self) -> None:
        """Health follows the database; liveness is the process itself."""
        states = health_pb2.HealthCheckResponse
        while not self._stopping.is_set():
            state = states.SERVING if self.service.ready() else states.NOT_SERVING
            for name in ("", *(service.full_name for service in self.service.server.services)):
                self._health.set(name, state)
            self._stopping.wait(1.0)
