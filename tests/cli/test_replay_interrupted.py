"""Ctrl-C in `bylaw replay`: wherever it comes, it is said whether the replay goes on at the service."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest
from bylaw.attendance.v1 import replays_pb2

from tests.builders.attendance import AttendanceService
from tests.builders.what_if import CANCELLED, WhatIf
from tests.cli.replaying import Application, in_a_process, listening, small_company, states
from tests.cli.starting import eventually
from tests.databases import Databases

WAITING = replays_pb2.REPLAY_STATE_WAITING
WISH = ("SHOP", "2026-01", "--pattern", "fixed-week@1")


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    with small_company(postgres) as made:
        yield made


@dataclass
class Held:
    """A gateway that carries out the first request of a kind, and does not answer it until it may."""

    of: Callable[[dict[str, Any]], bool]
    reached: Event = field(default_factory=Event)
    may_answer: Event = field(default_factory=Event)

    def around(self, gateway: Application) -> Application:
        def held(environ: dict[str, Any], start: Any) -> Any:
            answer = gateway(environ, start)
            if self.of(environ) and not self.reached.is_set():
                self.reached.set()
                self.may_answer.wait(60)
            return answer

        return held


def is_post_of_replays(environ: dict[str, Any]) -> bool:
    return environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == "/v1/replays"


def interrupted(running: Any) -> tuple[int, str]:
    """The exit code, and what was said."""
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    return running.returncode, said.strip()


def test_ctrl_c_cancels_the_replay_and_says_how_far_it_came(attendance: AttendanceService) -> None:
    """Nobody takes it, so that it waits for as long as the command does."""
    with listening(attendance) as port:
        running = in_a_process(attendance, port, *WISH)
        eventually(lambda: bool(states(attendance)), within_seconds=60)
        code, said = interrupted(running)

    name = only(attendance)
    assert code == 130
    assert said.startswith("The replay was cancelled after 0 of 1 months of people; nothing goes on at the service.")
    assert said.endswith(f"bylaw call GET /v1/{name}")
    WhatIf(attendance).run()
    assert states(attendance) == [CANCELLED]


def test_ctrl_c_before_the_service_has_answered_cancels_the_replay_too(attendance: AttendanceService) -> None:
    """The service has started it, and the command does not know its name yet."""
    held = Held(is_post_of_replays)
    with listening(attendance, held.around) as port:
        running = in_a_process(attendance, port, *WISH, language="zh")
        assert held.reached.wait(60)
        code, said = interrupted(running)
        held.may_answer.set()

    assert code == 130
    assert said.startswith("试算已取消，完成 0/1 人月；服务端不再继续。")
    assert states(attendance) == [CANCELLED]


def test_ctrl_c_before_anything_was_asked_for_says_that_nothing_was_started(attendance: AttendanceService) -> None:
    held = Held(lambda environ: str(environ["PATH_INFO"]) == "/v1/units")
    with listening(attendance, held.around) as port:
        running = in_a_process(attendance, port, *WISH)
        assert held.reached.wait(60)
        code, said = interrupted(running)
        held.may_answer.set()

    assert (code, said) == (130, "Interrupted; no replay was started.")
    assert states(attendance) == []


def test_a_replay_that_cannot_be_cancelled_goes_on_and_it_is_said_how_to_come_back(
    attendance: AttendanceService,
) -> None:
    def deaf(gateway: Application) -> Application:
        def answer(environ: dict[str, Any], start: Any) -> Any:
            if str(environ["PATH_INFO"]).endswith(":cancel"):
                start("503 Service Unavailable", [])
                return [b"{}"]
            return gateway(environ, start)

        return answer

    with listening(attendance, deaf) as port:
        running = in_a_process(attendance, port, *WISH)
        eventually(lambda: bool(states(attendance)), within_seconds=60)
        code, said = interrupted(running)

    name = only(attendance)
    assert code == 130
    assert f"The replay goes on at the service as {name}." in said
    assert f"bylaw replay --show {name}" in said
    assert f"bylaw replay --cancel {name}" in said
    assert states(attendance) == [WAITING]


def test_whoever_only_looks_cancels_nothing(attendance: AttendanceService) -> None:
    name = WhatIf(attendance).start("").name
    seen = Event()

    def watched(gateway: Application) -> Application:
        def answer(environ: dict[str, Any], start: Any) -> Any:
            seen.set()
            return gateway(environ, start)

        return answer

    with listening(attendance, watched) as port:
        running = in_a_process(attendance, port, "--show", name)
        assert seen.wait(60)
        Event().wait(1)  # its first answer is there by now, and it asks again and again
        code, said = interrupted(running)

    assert code == 130
    assert f"The replay goes on at the service as {name}." in said
    assert states(attendance) == [WAITING]


def only(attendance: AttendanceService) -> str:
    """The name of the only replay."""
    (found,) = WhatIf(attendance).listed()
    return str(found.name)
