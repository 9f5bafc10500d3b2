"""Pooled connections that ended while they lay idle are found before anything is asked of them, without asking."""

import select
from typing import Any

import psycopg
import sqlalchemy as sa


def checked_when_taken(engine: sa.Engine) -> None:
    """Has each connection looked at as it leaves the pool; one that has ended is replaced by a new one.

    A server that ends a session says so, or hangs up: either can be read at once. One that vanished without a word is
    found by the first statement, and the call is tried again. So a round trip to ask is needed only where there is
    something to read.
    """
    sa.event.listen(engine, "checkout", _look)


def _look(driver: "psycopg.Connection[Any]", _record: object, _proxy: object) -> None:
    poll = select.poll()
    try:
        poll.register(driver.pgconn.socket, select.POLLIN)
    except psycopg.Error as error:
        raise sa.exc.DisconnectionError from error
    if poll.poll(0) and not _answers(driver):
        raise sa.exc.DisconnectionError


def _answers(driver: "psycopg.Connection[Any]") -> bool:
    """What was there to read may be no more than a notice."""
    try:
        driver.execute("select 1")
        driver.rollback()
    except psycopg.Error:
        return False
    return True
