"""A service killed again and again while it writes: each key has one effect, one answer and one place in the feed."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw_chassis.feed import drain, read_feed
from bylaw_chassis.neighbours import open_channel

from tests.cli.running import free_port
from tests.databases import Databases
from tests.integration.chassis.counting import AddRequest
from tests.integration.chassis.worlds import Pairs, World, database, prepare, unary

KILLS = {"short": 5, "long": 60}[os.environ.get("BYLAW_PROVE", "short")]
CLIENTS = 6


@pytest.fixture
def url(embedded: Databases) -> Iterator[str]:
    made = embedded.prepared("chassis-counting", prepare)
    yield made
    embedded.drop(made)


@pytest.fixture
def world(url: str) -> Iterator[World]:
    made = World(database(url))
    yield made
    made.database.close()


@dataclass
class Service:
    """The counting service in a process that is killed, and started again on the same port."""

    url: str
    key: str
    port: int = field(default_factory=free_port)

    def run(self) -> subprocess.Popen[str]:
        settings = json.dumps({"address": f"127.0.0.1:{self.port}", "linger_seconds": 0})
        command = [sys.executable, "-m", "tests.integration.chassis.serving_process", self.url, settings]
        environment = {**os.environ, "COUNTING_KEY": self.key}
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        assert running.stdout
        assert running.stdout.readline().strip() == str(self.port)
        return running


def answered(add: Any, who: Pairs, key: str) -> int:
    """Sends a write until it is answered, always under its key, as a good client does."""
    while True:
        try:
            return int(add(AddRequest(name="a", amount=1, request_id=key), metadata=who, timeout=3).value)
        except grpc.RpcError:
            time.sleep(0.05)


def test_no_kill_loses_or_doubles_a_write(world: World, url: str) -> None:
    service, who = Service(url, world.key.private_bytes_raw().hex()), world.bearer("counters.add")
    done, chance = threading.Event(), random.Random(7)  # noqa: S311 - pauses of a test
    with open_channel(f"127.0.0.1:{service.port}") as channel, ThreadPoolExecutor(CLIENTS) as clients:
        add = unary(channel, "Counters/Add")

        def write(client: int) -> list[int]:
            answers: list[int] = []
            while not done.is_set():
                answers.append(answered(add, who, f"{client}-{len(answers)}"))
            return answers

        running = service.run()
        writing = [clients.submit(write, client) for client in range(CLIENTS)]
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.2, 0.8))
            running.kill()
            running.communicate()
            running = service.run()
        done.set()
        answers = sorted(answer for writer in writing for answer in writer.result())
        running.terminate()
        running.communicate(timeout=30)
    assert len(answers) > KILLS
    assert answers == list(range(1, len(answers) + 1))
    drain(world.database)
    with world.database.read() as connection:
        assert connection.execute(sa.text("select value from counters where name = 'a'")).scalar_one() == len(answers)
    entries = read_feed(world.database, "", 100_000).entries
    assert [entry.position for entry in entries] == answers
