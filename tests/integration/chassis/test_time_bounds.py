"""The deadline in the database stands in nobody's way: what was refused inside a savepoint stays a refusal."""

import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.call import in_call, new_call
from bylaw_chassis.time_bounds import driver_within_deadline

from tests.integration.chassis.worlds import World

SLOW = "insert into ledger (id, said) overriding system value select 1, pg_sleep(0.1)::text from generate_series(1, 2)"
"""It breaks a key after longer than a bound counts as fresh: as any statement does while the machine is busy."""


@pytest.mark.postgresql15
def test_a_slow_statement_that_breaks_a_constraint_inside_a_savepoint_can_be_taken_back(world: World) -> None:
    with in_call(new_call("/x", {}, 10.0)), world.database.work() as work:
        for _ in range(2):
            with pytest.raises(sa.exc.IntegrityError), work.connection.begin_nested():
                work.connection.exec_driver_sql(SLOW)
        assert work.connection.exec_driver_sql("select count(*) from ledger").scalar_one() == 0
        assert work.connection.exec_driver_sql("show statement_timeout").scalar_one() != "0"


@pytest.mark.postgresql15
def test_what_goes_past_sqlalchemy_is_within_the_deadline_from_its_first_statement_and_committed(world: World) -> None:
    with in_call(new_call("/x", {}, 10.0)), world.database.work() as work:
        driver = driver_within_deadline(work.connection)
        driver.execute("insert into ledger (said) values ('past')")
    with world.database.read() as connection:
        assert connection.exec_driver_sql("select said from ledger").scalars().all() == ["past"]

    with in_call(new_call("/x", {}, 1.0)), pytest.raises(psycopg.errors.QueryCanceled), world.database.work() as work:
        driver_within_deadline(work.connection).execute("select pg_sleep(20)")
