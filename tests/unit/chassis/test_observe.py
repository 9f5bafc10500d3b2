"""Logs: one event a line, whatever is in it, and never what an exception quotes."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from bylaw_chassis.observe import configure_logs, log


@pytest.fixture
def configured() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs()
    yield
    root.handlers, root.level = handlers, level


def lines(captured: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


def caught(error: Exception) -> Exception:
    try:
        try:
            raise psycopg.errors.UniqueViolation("Key (login)=(zhang.san) already exists.")
        except psycopg.Error as cause:
            raise error from cause
    except Exception as caught_error:  # noqa: BLE001 - the test's own
        return caught_error


def test_an_exception_tells_its_types_places_and_sqlstate_but_no_word_of_its_text(capsys: Any) -> None:
    log().error("call_failed", exc_info=caught(ValueError("Zhang San has the phone 13800000000")))
    written = capsys.readouterr().err
    told = json.loads(written)["error"]
    assert told[0] == "ValueError"
    assert "UniqueViolation 23505" in told
    assert any("test_observe.py" in line and "caught" in line for line in told)
    for secret in ("zhang", "Zhang", "13800000000", "login"):
        assert secret not in written


def test_an_exception_that_is_raised_from_itself_is_told_once(capsys: Any) -> None:
    refused = caught(ValueError("again"))
    refused.__cause__ = refused
    log().error("job_failed", exc_info=refused)
    told = json.loads(capsys.readouterr().err)["error"]
    assert [line for line in told if not line.startswith(" ")] == ["ValueError"]


def test_what_would_move_the_cursor_or_read_backwards_is_escaped(capsys: Any) -> None:
    log().info("seen", field='a\r\n{"event": "forged"}\x1b[2J\u202e\u2028')
    written = capsys.readouterr().err
    assert len(written.splitlines()) == 1
    assert written.isascii()
    assert json.loads(written)["event"] == "seen"


@pytest.mark.usefixtures("configured")
def test_what_libraries_log_comes_in_the_same_form_and_without_values(capsys: Any) -> None:
    logging.getLogger("some.library").error("could not store %s", "Zhang San", exc_info=caught(ValueError("Zhang")))
    (line,) = lines(capsys)
    assert (line["logger"], line["said"]) == ("some.library", "could not store %s")
    assert line["error"][0] == "ValueError"


def test_a_chain_of_causes_that_never_ends_is_cut(capsys: Any) -> None:
    one, other = ValueError(), ValueError()
    one.__cause__, other.__cause__ = other, one
    log().error("endless", exc_info=one)
    assert len(lines(capsys)) == 1
