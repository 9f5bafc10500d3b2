"""Killed at any moment of its start, again and again on one folder, the next start works and the data is there."""

import os
import random
import time
from pathlib import Path

import psycopg
import pytest
from bylaw_cli.embedded_postgres import EmbeddedPostgres

from tests.cli.running import free_port, gone, run_up
from tests.cli.starting import eventually
from tests.databases import plain

ROUNDS = {"short": 4, "long": 60}[os.environ.get("BYLAW_PROVE", "short")]
LONGEST_START_SECONDS = 3.0


def _kept(folder: Path) -> int:
    """Write one row more, and return how many there are: each round must find all of the rounds before."""
    postgres = EmbeddedPostgres(folder)
    try:
        with psycopg.connect(plain(postgres.start()), autocommit=True) as connection:
            connection.execute("create table if not exists kept (number int)")
            connection.execute("insert into kept values (1)")
            row = connection.execute("select count(*) from kept").fetchone()
    finally:
        postgres.stop()
    return int(row[0]) if row else 0


@pytest.mark.timeout(1800)
def test_killed_at_any_moment_the_next_start_works_and_keeps_the_data(folder: Path) -> None:
    moments, port = random.Random(2026), free_port()  # noqa: S311 - no secret
    for number in range(1, ROUNDS + 1):
        with run_up(folder, port=port) as run:
            time.sleep(moments.uniform(0, LONGEST_START_SECONDS))
            family = run.family()
            run.process.kill()
            eventually(lambda family=family: gone(family))
        assert _kept(folder) == number
    with run_up(folder, port=port) as run:
        run.says("Ctrl-C ends everything")
        assert run.answers()
    assert not list(folder.glob("postgresql-18.*"))
