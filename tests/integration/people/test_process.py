"""people as a process of its own: migrate, serve, be asked over the network, stop."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import grpc
import pytest
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import sign_in_pb2_grpc
from sqlalchemy import make_url

from tests.builders.people import MASTER_KEY, ROLE_PASSWORD
from tests.databases import Databases


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def environment(postgres: Databases) -> Iterator[dict[str, str]]:
    admin = postgres.fresh()
    own = make_url(admin).set(username="bylaw_people", password=ROLE_PASSWORD)
    yield {
        **os.environ,
        "BYLAW_ADMIN_DATABASE_URL": admin,
        "BYLAW_DATABASE_URL": own.render_as_string(hide_password=False),
        "BYLAW_MASTER_KEY": MASTER_KEY,
        "BYLAW_LISTEN": f"127.0.0.1:{free_port()}",
        "BYLAW_LINGER_SECONDS": "0",
    }
    postgres.drop(admin)


def test_it_migrates_serves_and_stops(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "bylaw_people"]
    for _ in range(2):
        assert subprocess.run([*command, "migrate"], env=environment, check=False).returncode == 0
    process = subprocess.Popen(command, env=environment)
    try:
        with grpc.insecure_channel(environment["BYLAW_LISTEN"]) as channel:
            stub = sign_in_pb2_grpc.SignInStub(channel)
            with pytest.raises(grpc.RpcError) as refused:
                stub.CreateSession(
                    sessions.CreateSessionRequest(login="nobody", password="x"),  # noqa: S106
                    wait_for_ready=True,
                    timeout=60,
                )
            assert refused.value.code() is grpc.StatusCode.UNAUTHENTICATED
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("missing", ["BYLAW_MASTER_KEY", "BYLAW_DATABASE_URL"])
def test_a_missing_setting_is_named_and_nothing_else_is_said(environment: dict[str, str], missing: str) -> None:
    environment.pop(missing)
    command = [sys.executable, "-m", "bylaw_people"]
    said = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert said.returncode == 78
    assert missing in said.stderr
    assert "Traceback" not in said.stderr
