"""Whatever comes over a worker's line, it is a frame or it is refused, in bounded time and memory."""

import socket
import struct
import threading
import time
from array import array
from collections.abc import Iterator

import orjson
import pytest
from bylaw_hooks import AnswerColumns
from bylaw_plugin_host.frames import MARK, MOST_COLUMN_BYTES, MOST_HEADER_BYTES, Line, LineBroken, LineGone, LineSlow
from bylaw_plugin_host.messages import build, hear_failure, hear_failures, hear_violations
from hypothesis import given
from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def ends() -> Iterator[tuple[Line, socket.socket]]:
    ours, theirs = socket.socketpair()
    with theirs:
        line = Line(ours)
        yield line, theirs
        line.close()


def soon(seconds: float = 5) -> float:
    return time.monotonic() + seconds


def frame(header: bytes, columns: bytes = b"", *, mark: bytes = MARK) -> bytes:
    return struct.pack("<8sIQ", mark, len(header), len(columns)) + header + columns


def test_a_frame_arrives_as_it_was_said(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    columns = [memoryview(array("q", numbers)) for numbers in ([1, -(2**63), 2**63 - 1], [], [7])]
    Line(theirs).say({"ask": "judge", "texts": ["条款"]}, columns)
    header, heard = line.hear(until=soon())
    assert header == {"ask": "judge", "texts": ["条款"], "columns": [3, 0, 1]}
    assert [column.tolist() for column in heard] == [[1, -(2**63), 2**63 - 1], [], [7]]
    assert all(column.readonly and column.format == "q" for column in heard)


@pytest.mark.parametrize(
    "said",
    [
        frame(b"{}", mark=b"HTTP/1.1"),
        frame(b"{}"),
        frame(b"[]"),
        frame(b"{nonsense"),
        frame(b'{"columns": [1]}'),
        frame(b'{"columns": [-1, 2]}', bytes(8)),
        frame(b'{"columns": [1.0]}', bytes(8)),
        frame(b'{"columns": [true]}', bytes(8)),
        frame(b'{"columns": [99999999999999999999]}'),
        frame(b"[" * 5_000),
        struct.pack("<8sIQ", MARK, MOST_HEADER_BYTES + 1, 0),
        struct.pack("<8sIQ", MARK, 2, MOST_COLUMN_BYTES + 1),
    ],
    ids=range(12),
)
def test_what_is_no_frame_is_refused(ends: tuple[Line, socket.socket], said: bytes) -> None:
    line, theirs = ends
    theirs.sendall(said)
    with pytest.raises(LineBroken) as broken:
        line.hear(until=soon())
    assert not isinstance(broken.value, LineGone)


def test_half_a_frame_is_awaited_until_the_deadline_and_no_longer(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    theirs.sendall(frame(b'{"columns": []}')[:-3])
    begun = time.monotonic()
    with pytest.raises(LineSlow):
        line.hear(until=soon(0.2))
    assert 0.2 <= time.monotonic() - begun < 3


def test_a_trickle_does_not_move_the_deadline(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    stop = threading.Event()

    def trickle() -> None:
        theirs.sendall(struct.pack("<8sIQ", MARK, 1_000, 0))
        while not stop.wait(0.02):
            theirs.sendall(b" ")

    trickling = threading.Thread(target=trickle)
    trickling.start()
    begun = time.monotonic()
    with pytest.raises(LineSlow):
        line.hear(until=soon(0.3))
    assert time.monotonic() - begun < 3
    stop.set()
    trickling.join()


def test_whoever_never_reads_holds_nobody_up(ends: tuple[Line, socket.socket]) -> None:
    line, _ = ends
    with pytest.raises(LineSlow):
        line.say({}, [memoryview(bytes(8 << 20)).cast("q")], until=soon(0.2))


def test_whoever_is_gone_is_gone(ends: tuple[Line, socket.socket]) -> None:
    line, theirs = ends
    theirs.close()
    with pytest.raises(LineGone):
        line.hear(until=soon())
    with pytest.raises(LineGone):
        line.say({}, [memoryview(bytes(8 << 20)).cast("q")], until=soon())


@given(JSON)
def test_words_about_failures_are_believed_in_their_shape_only(told: object) -> None:
    told = orjson.loads(orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS)) if _fits(told) else None
    for hear in (hear_failure, hear_violations, lambda one: hear_failures(one, 3)):
        try:
            hear(told)
        except LineBroken:
            continue


def _fits(told: object) -> bool:
    try:
        orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize(
    "told",
    [
        [[3, ["POLICY_FAILED", "", None, ""]]],
        [[-1, ["POLICY_FAILED", "", None, ""]]],
        [[True, ["POLICY_FAILED", "", None, ""]]],
        [[0, ["POLICY_FAILED", "", None, ""]], [0, ["POLICY_FAILED", "", None, ""]]],
        [[0, ["LOVELY", "", None, ""]]],
        [[0, [["POLICY_FAILED"], "", None, ""]]],
        [[0, ["POLICY_FAILED", "", "yesterday", ""]]],
        [[0, ["POLICY_FAILED", "C1000", None, ""]]],
    ],
    ids=range(8),
)
def test_a_failure_of_nobody_or_for_no_reason_is_refused(told: object) -> None:
    with pytest.raises(LineBroken):
        hear_failures(told, 3)


def test_too_few_columns_and_texts_that_are_none_are_refused() -> None:
    columns = [memoryview(bytes(8)).cast("q")] * 7
    assert build(AnswerColumns, iter(columns), ["ATT-1"]).texts == ("ATT-1",)
    for lacking, texts in ((columns[:6], ["ATT-1"]), (columns, None), (columns, [5]), (columns, "ATT-1")):
        with pytest.raises(LineBroken):
            build(AnswerColumns, iter(lacking), texts)
