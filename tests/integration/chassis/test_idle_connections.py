"""A pooled connection that ended while it lay idle is replaced before anybody is given it."""

import sqlalchemy as sa

from tests.integration.chassis.worlds import World

PID = sa.text("select pg_backend_pid()")


def test_a_session_that_the_server_ended_meanwhile_is_replaced_before_it_is_used(world: World) -> None:
    with world.database.engine.connect() as connection:
        before = connection.execute(PID).scalar_one()
    with world.database.watching() as other:
        other.execute(sa.text("select pg_terminate_backend(:pid, 5000)"), {"pid": before})
    with world.database.engine.connect() as connection:
        assert connection.execute(PID).scalar_one() != before


def test_a_notice_to_an_idle_session_is_no_end_of_it(world: World) -> None:
    with world.database.engine.connect() as connection:
        before = connection.execute(PID).scalar_one()
        connection.execute(sa.text("listen idle_ones"))
        connection.commit()
    with world.database.watching() as other:
        other.execute(sa.text("notify idle_ones"))
    with world.database.engine.connect() as connection:
        assert connection.execute(PID).scalar_one() == before
