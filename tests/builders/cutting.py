"""The line to the database cut while something is written: before each statement in turn, and around each COMMIT."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

import grpc
import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis import database, work
from bylaw_chassis.conversation import LineLostError, Said, converse
from bylaw_chassis.refusals import Refusal

from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain

MOST_CUTS = 90
"""No write says as much to the database."""


class Cut(Enum):
    """Where the line is cut: before a statement, before COMMIT is sent, or behind it, before its answer comes."""

    STATEMENT = "before a statement"
    UNSENT = "before COMMIT"
    UNANSWERED = "behind COMMIT"


@dataclass
class Cutter:
    """Counts what is said to the database on this thread, and cuts the line once, at a number."""

    admin: str
    cut: Cut
    at: int
    said: int = 0

    def statement(self, connection: psycopg.Connection[Any]) -> None:
        """Before each statement."""
        if self.cut is Cut.STATEMENT and self._is_next():
            self._end(connection)

    def commit(self, connection: psycopg.Connection[Any], really: Callable[[], None]) -> None:
        """In the stead of each COMMIT."""
        cut = self.cut is not Cut.STATEMENT and self._is_next()
        if cut and self.cut is Cut.UNSENT:
            self._end(connection)
        really()
        if cut and self.cut is Cut.UNANSWERED:
            connection.close()  # it is done, and nobody will say so
            raise LineLostError("the line was cut before the answer came")

    def _is_next(self) -> bool:
        self.said += 1
        return self.said == self.at

    def _end(self, connection: psycopg.Connection[Any]) -> None:
        process = connection.info.backend_pid
        with psycopg.connect(self.admin, autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s, 5000)", (process,))


@contextmanager
def cutting(monkeypatch: pytest.MonkeyPatch, cutter: Cutter) -> Iterator[None]:
    """With the cutter at every statement and every COMMIT that this thread says."""
    execute, commit, me = psycopg.Cursor.execute, psycopg.Connection.commit, threading.get_ident()
    inside = False

    def watched(connection: psycopg.Connection[Any], act: Callable[[], Any], watch: Callable[[], Any]) -> Any:
        nonlocal inside
        if inside or threading.get_ident() != me or connection.info.dbname == "postgres":
            return act()
        inside = True
        try:
            return watch()
        finally:
            inside = False

    def executed(cursor: psycopg.Cursor[Any], *arguments: Any, **more: Any) -> Any:
        watched(cursor.connection, lambda: None, lambda: cutter.statement(cursor.connection))
        return execute(cursor, *arguments, **more)

    def committed(connection: psycopg.Connection[Any]) -> None:
        watched(connection, lambda: commit(connection), lambda: cutter.commit(connection, lambda: commit(connection)))

    def conversed(connection: psycopg.Connection[Any], kept: dict[Any, Any], *told: Said) -> Any:
        """Statements in one go, of which the last may be COMMIT."""
        answers = list[Any]()

        def really() -> None:
            answers.append(converse(connection, kept, *told))

        def watch() -> None:
            cutter.statement(connection)
            cutter.commit(connection, really) if told[-1].text == "commit" else really()

        watched(connection, really, watch)
        return answers[0]

    with monkeypatch.context() as patched:
        patched.setattr(work, "converse", conversed)
        patched.setattr(database, "converse", conversed)
        patched.setattr(psycopg.Cursor, "execute", executed)
        patched.setattr(psycopg.Connection, "commit", committed)
        yield


@dataclass
class Line:
    """The line between a service and its database."""

    postgres: Databases
    inventory: InventoryService
    monkeypatch: pytest.MonkeyPatch

    def cut_everywhere(self, write: Callable[[], Callable[[], Any]], *cuts: Cut) -> list[Any]:
        """A write, another one each time, with the line cut at the first place, the second, and so on; the answers.

        `write` makes what is asked; it is asked until it is answered. `cuts`: every kind of them where none is named.
        """
        answers = list[Any]()
        for cut in cuts or Cut:
            for at in range(1, MOST_CUTS):
                ask, cutter = write(), self._cutter(cut, at)
                with cutting(self.monkeypatch, cutter):
                    answers.append(answered(ask))
                if cutter.said < at:
                    break
            else:
                raise AssertionError("it never came to an end")
        return answers

    def cut_on_and_on(self, work: Callable[[], None], cut: Cut, *, between: Callable[[], None]) -> int:
        """Work in the background, always the same, with the line cut at its first place, then at its second, and so on.

        Until it is done; answers how often it was begun. `between` lets it be tried again at once.
        """
        for at in range(1, MOST_CUTS):
            cutter = self._cutter(cut, at)
            with cutting(self.monkeypatch, cutter), suppress(Refusal, sa.exc.SQLAlchemyError, psycopg.Error):
                work()
            if cutter.said < at:
                return at
            between()
        raise AssertionError("it never came to an end")

    def _cutter(self, cut: Cut, at: int) -> Cutter:
        return Cutter(plain(url_of_admin(self.postgres, self.inventory.url)), cut, at)


def answered(ask: Callable[[], Any]) -> Any:
    """As a good client asks: again, under the same key, while nobody can say whether it was done."""
    for _ in range(5):
        try:
            return ask()
        except grpc.RpcError as error:
            assert error.code() is grpc.StatusCode.UNAVAILABLE, error  # noqa: PT017 - what is not refused is asked again
    raise AssertionError("it was never answered")
