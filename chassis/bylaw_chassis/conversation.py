"""Statements of every write, said to the server in one go beneath the driver's cursors, which cost more than they do.

Each statement is prepared once a connection; its values and its rows are converted as everywhere in the driver.
"""

import itertools
import re
import select
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import psycopg
from psycopg import abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

MOST_PREPARED = 200
"""Statements that a connection keeps prepared; whatever comes beyond is planned each time."""

_PLACE = re.compile(r"%\((\w+)\)s")
_KEPT = "conversation"
_DONE = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})
_NUMBERS = itertools.count()
Row = tuple[Any, ...]


class LineLostError(psycopg.OperationalError):
    """The session ended before the last statement was answered: nobody can say whether it was done."""


class Said(NamedTuple):
    """A statement with places such as `%(name)s`, and what stands there."""

    text: str
    values: Mapping[str, object] = {}


class _Asked(NamedTuple):
    """A statement as it is sent: its text, the values as the driver writes them, and what these are."""

    text: bytes
    values: Sequence[abc.Buffer | None] = ()
    types: tuple[int, ...] = ()
    formats: Sequence[Format] = ()


class _Sent(NamedTuple):
    """What was sent: what it is kept as where it is prepared now."""

    prepares: Any = None
    name: bytes = b""


@dataclass(slots=True)
class _Known:
    """What is known of a connection: the names of what is prepared, and who converts its values and rows."""

    converts: abc.Transformer
    prepared: dict[Any, bytes] = field(default_factory=dict)


def converse(driver: "psycopg.Connection[Any]", kept: dict[Any, Any], *told: Said) -> list[list[Row]]:
    """Says statements one behind the other and reads the rows of each, in one round trip.

    Raises what the first of them is refused with, of which the ones behind it are not done, and LineLostError. `kept`
    is what is known of the connection from one time to the next.
    """
    try:
        known = kept.get(_KEPT) or kept.setdefault(_KEPT, _Known(Transformer(driver)))
        return _converse(driver, known, told)
    except psycopg.errors.InvalidSqlStatementName:
        del kept[_KEPT]  # behind a ROLLBACK the driver may have had the server forget what was prepared
        raise


def roll_back(driver: "psycopg.Connection[Any]") -> None:
    """ROLLBACK, behind which the server still knows what was prepared; does nothing where nothing is open."""
    if driver.pgconn.transaction_status in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
        driver.pgconn.exec_(b"rollback")


def _converse(driver: "psycopg.Connection[Any]", known: _Known, told: Sequence[Said]) -> list[list[Row]]:
    connection, asked = driver.pgconn, [_asked(known.converts, one) for one in told]
    try:
        connection.enter_pipeline_mode()
        sent = [_send(connection, known.prepared, one) for one in asked]
        connection.pipeline_sync()
    except BaseException:
        driver.close()  # nobody could say what it has heard
        raise
    results, lost = _read(connection)
    if lost:
        driver.close()
    else:
        connection.exit_pipeline_mode()
    return _rows(sent, results, known)


def _asked(converts: abc.Transformer, said: Said) -> _Asked:
    text, places = _parsed(said.text)
    if not places:
        return _Asked(text)
    values = converts.dump_sequence([said.values[place] for place in places], [PyFormat.AUTO] * len(places))
    return _Asked(text, values, converts.types or (), converts.formats or ())


def _send(connection: PGconn, prepared: dict[Any, bytes], asked: _Asked) -> _Sent:
    text, values, types, formats = asked
    known = (text, types)
    name = prepared.get(known)
    if name is not None:
        connection.send_query_prepared(name, values, formats)
        return _Sent()
    if len(prepared) >= MOST_PREPARED:
        connection.send_query_params(text, values, types, formats)
        return _Sent()
    name = b"said_%d" % next(_NUMBERS)  # one that failed may be prepared all the same: no name comes twice
    connection.send_prepare(name, text, types)
    connection.send_query_prepared(name, values, formats)
    return _Sent(known, name)


def _read(connection: PGconn) -> tuple[list[PGresult], bool]:
    """What the server answers, and whether the line was lost over it."""
    found: list[PGresult] = []
    poll = select.poll()
    try:
        poll.register(connection.socket, select.POLLIN)
        while connection.flush():  # it may read no more before somebody has read what it says
            poll.modify(connection.socket, select.POLLIN | select.POLLOUT)
            poll.poll()
            connection.consume_input()
        poll.modify(connection.socket, select.POLLIN)
        while True:
            while not connection.is_busy():
                result = connection.get_result()
                if result is None and connection.status != ConnStatus.OK:
                    return found, True
                if result is None:
                    continue
                if result.status == ExecStatus.PIPELINE_SYNC:
                    return found, False
                found.append(result)
            poll.poll()
            connection.consume_input()
    except psycopg.OperationalError:
        return found, True


def _rows(sent: Sequence[_Sent], results: Sequence[PGresult], known: _Known) -> list[list[Row]]:
    answers, rows = iter(results), []
    for one in sent:
        if one.name:
            _check(next(answers, None), is_last=False)
            known.prepared[one.prepares] = one.name
        result = _check(next(answers, None), is_last=one is sent[-1])
        rows.append(_loaded(known.converts, result) if result.ntuples else [])
    return rows


def _loaded(converts: abc.Transformer, result: PGresult) -> list[Row]:
    converts.set_pgresult(result)
    try:
        return converts.load_rows(0, result.ntuples, tuple)
    finally:
        converts.set_pgresult(None)


def _check(result: PGresult | None, *, is_last: bool) -> PGresult:
    if result is None:
        raise LineLostError("the connection is lost")
    if result.status in _DONE:
        return result
    error = psycopg.errors.error_from_result(result)
    if is_last and (error.sqlstate or "08").startswith(("57P", "08")):
        raise LineLostError("the connection is lost") from error
    raise error


@lru_cache(1_000)
def _parsed(text: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement as the server takes it, with numbered places, and the name of each."""
    numbers: dict[str, int] = {}
    numbered = _PLACE.sub(lambda found: f"${numbers.setdefault(found[1], len(numbers) + 1)}", text)
    return numbered.replace("%%", "%").encode(), tuple(numbers)
