"""The sealer links what was committed into one chain: nothing skipped, nobody held up, whoever else seals or dies."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.audit.canonical import FIRST
from bylaw_chassis.audit.chain import Proof, prove
from bylaw_chassis.audit.heads import newest_head
from bylaw_chassis.audit.sealing import keep_sealed, seal, seal_in
from bylaw_chassis.audit.tables import audit, audit_seals
from bylaw_chassis.audit.tail import unsealed
from bylaw_chassis.clock import system_clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.databases import plain
from tests.integration.chassis.test_audit_rows import add
from tests.integration.chassis.test_doctor import found
from tests.integration.chassis.worlds import World, own_url
from tests.integration.chassis.written_in_python import head, row_hash

pytestmark = pytest.mark.postgresql15
COLUMNS = "recorded_at, actor, session, on_behalf_of, method, targets, fields, sources, scopes, address, trace_id,"
ROW = f"insert into counting.audit ({COLUMNS} reason, clause, dropped, digest) values"
PLAIN = "(now(), 'people/1', '', '', 'm', '{}', '{}', '{}', '{}', '', '', '', '', 0, '')"


def proved(world: World) -> Proof:
    """The chain as it stands."""
    with world.database.read() as connection:
        return prove(connection)


def seals(world: World) -> Sequence[Any]:
    """The links, in order."""
    with world.database.read() as connection:
        return connection.execute(sa.select(audit_seals).order_by(audit_seals.c.number)).all()


def write(world: World, count: int = 1) -> None:
    """So many rows, each of a transaction of its own."""
    me = world.bearer("counters.add")
    for _ in range(count):
        add(world, who=me)


def waiting(world: World) -> int:
    """How many rows have no seal."""
    with world.database.read() as connection:
        return unsealed(connection).rows


@pytest.mark.clause("SEC-3")
def test_what_was_committed_is_sealed_and_the_chain_is_whole(world: World) -> None:
    for count in (3, 1, 2):
        write(world, count)
        assert waiting(world) == count
        assert keep_sealed(world.database) == count
    assert keep_sealed(world.database) == 0
    proof = proved(world)
    assert (proof.seals, proof.rows, proof.broken) == (3, 6, None)
    assert [(one.number, one.entries) for one in seals(world)] == [(1, 3), (2, 1), (3, 2)]
    assert seals(world)[0].previous == FIRST


def test_batches_are_bounded_and_together_hold_every_row(world: World) -> None:
    write(world, 7)
    assert [seal(world.database, batch=3).rows for _ in range(4)] == [3, 3, 1, 0]
    assert proved(world).rows == 7


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
LISTS = st.lists(TEXTS, max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXTS, min_size=9, max_size=9), lists=st.lists(LISTS, min_size=4, max_size=4), when=st.datetimes()
)
def test_the_written_form_is_the_same_in_sql_and_in_python(
    world: World, texts: list[str], lists: list[list[str]], when: datetime
) -> None:
    names = ("actor", "session", "on_behalf_of", "method", "address", "trace_id", "reason", "clause", "digest")
    many = ("targets", "fields", "sources", "scopes")
    row = {**dict(zip(names, texts, strict=True)), **dict(zip(many, lists, strict=True))}
    with world.database.engine.begin() as connection:
        instant = when.replace(tzinfo=system_clock().tzinfo, year=max(when.year, 1900))
        connection.execute(audit.insert(), [{**row, "recorded_at": instant, "dropped": 0}])
    assert seal(world.database).rows == 1
    with world.database.read() as connection:
        newest = (
            connection.execute(sa.select(audit_seals).order_by(audit_seals.c.number.desc()).limit(1)).mappings().one()
        )
        sealed = connection.execute(sa.select(audit).where(audit.c.id == newest["last_id"])).mappings().one()
    assert head({**newest}, [row_hash({**sealed})]) == newest["head"]


def test_a_transaction_that_began_early_and_commits_late_is_sealed_later_and_never_skipped(world: World) -> None:
    with psycopg.connect(plain(own_url(str(world.database.url)))) as early:
        early.execute("select pg_current_xact_id()")
        write(world, 2)
        assert keep_sealed(world.database) == 0
        early.execute(f"{ROW} {PLAIN}".encode())
        early.commit()
    assert keep_sealed(world.database) == 3
    assert (proved(world).rows, waiting(world)) == (3, 0)


def test_while_many_write_and_pause_and_undo_every_committed_row_is_sealed_once(world: World, second: World) -> None:
    ends = threading.Event()

    def sealing(one: World) -> None:
        while not ends.wait(0.005):
            seal(one.database)

    def writing(number: int) -> None:
        me = world.bearer("counters.add")
        for turn in range(25):
            with psycopg.connect(plain(own_url(world.database.url))) as slow:
                slow.execute(f"{ROW} {PLAIN}".encode())
                add(world, who=me)
                if (turn + number) % 5 == 0:
                    slow.rollback()

    with ThreadPoolExecutor(6) as threads:
        sealers = [threads.submit(sealing, one) for one in (world, second)]
        list(threads.map(writing, range(4)))
        ends.set()
        for sealer in sealers:
            sealer.result()
    keep_sealed(world.database)
    with world.database.read() as connection:
        rows = connection.execute(sa.select(sa.func.count()).select_from(audit)).scalar()
    assert rows == 4 * 25 + 4 * 20
    assert (proved(world).rows, proved(world).broken, waiting(world)) == (rows, None, 0)


def test_a_sealer_killed_half_way_leaves_no_half_seal_and_the_next_one_goes_on(world: World, counting_url: str) -> None:
    write(world, 3)
    with psycopg.connect(plain(counting_url), autocommit=True) as admin, world.database.engine.connect() as doomed:
        pid = doomed.exec_driver_sql("select pg_backend_pid()").scalar()
        assert seal_in(doomed, system_clock()).rows == 3
        admin.execute("select pg_terminate_backend(%s, 5000)", [pid])
        doomed.invalidate()
    assert seals(world) == []
    assert keep_sealed(world.database) == 3
    assert proved(world).broken is None


def test_a_sealer_that_has_not_committed_holds_neither_writers_nor_for_long_another_sealer(
    world: World, second: World
) -> None:
    write(world, 2)
    with world.database.engine.connect() as slow:
        assert seal_in(slow, system_clock()).rows == 2
        write(second, 1)
        assert seal(second.database).rows == 0
        slow.commit()
    assert keep_sealed(second.database) == 1
    assert (proved(world).seals, proved(world).rows) == (2, 3)


def test_a_sealer_that_slept_over_anothers_seal_changes_nothing(world: World, second: World) -> None:
    write(world, 1)
    with world.database.engine.connect() as asleep:
        asleep.execution_options(isolation_level="REPEATABLE READ").exec_driver_sql("select count(*) from audit_seals")
        assert keep_sealed(second.database) == 1
        with pytest.raises(sa.exc.IntegrityError):
            seal_in(asleep, system_clock())
    assert (proved(world).seals, proved(world).rows) == (1, 1)


def restored(url: str, incarnation: str, xids: Sequence[int]) -> None:
    """Rows as a dump of another server brings them: its transaction ids mean nothing here."""
    with psycopg.connect(plain(url)) as admin:
        for xid in xids:
            columns = ROW.replace("(recorded_at", "(incarnation, xid, recorded_at")
            admin.execute(f"{columns} ('{incarnation}', '{xid}', {PLAIN[1:]}".encode())


def test_batches_follow_transactions_where_their_numbers_grow_by_a_digit(world: World, counting_url: str) -> None:
    restored(counting_url, "2020-01-01+00", range(98, 105))
    assert [seal(world.database, batch=3).rows for _ in range(4)] == [3, 3, 1, 0]
    assert proved(world).rows == 7


def test_after_a_restore_on_a_server_with_lower_transaction_ids_sealing_goes_on(
    world: World, counting_url: str
) -> None:
    restored(counting_url, "2020-01-01+00", [9_000_000_000, 9_000_000_007])
    restored(counting_url, "2020-02-01+00", [12])
    write(world, 2)
    assert waiting(world) == 5
    assert keep_sealed(world.database) == 5
    write(world, 1)
    assert keep_sealed(world.database) == 1
    assert (proved(world).rows, proved(world).broken, waiting(world)) == (6, None, 0)
    assert [one.incarnation.year for one in seals(world)][:2] == [2020, 2020]


def test_a_write_that_never_ends_anywhere_on_the_server_delays_the_seal_and_doctor_and_log_say_so(
    world: World, counting_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(plain(counting_url)) as orphan:
        orphan.execute("select pg_current_xact_id()")
        with psycopg.connect(plain(own_url(counting_url))) as own:
            own.execute(f"{ROW} {PLAIN}".replace("now()", "now() - interval '1 minute'").encode())
        assert keep_sealed(world.database) == 0
        assert '"event": "audit_seal_late"' in capfd.readouterr().err
        late = found(world, "audit tail")
        assert not late.holds
        assert late.seen.en.startswith("1 rows wait for their seal, the oldest for 6")
        assert found(world, "audit tail", running=False).holds
    assert keep_sealed(world.database) == 1
    assert found(world, "audit tail").holds


def test_what_is_written_of_a_day_long_past_while_others_are_sealed_is_no_alarm(
    world: World, counting_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    ended = threading.Event()

    def writes() -> None:
        with psycopg.connect(plain(own_url(counting_url)), autocommit=True) as own:
            while not ended.is_set():
                own.execute(f"{ROW} {PLAIN}".replace("now()", "now() - interval '1 day'").encode())

    with ThreadPoolExecutor(1) as threads:
        threads.submit(writes)
        sealed = sum(keep_sealed(world.database) for _ in range(40))
        ended.set()
    assert sealed > 40
    assert "audit_seal_late" not in capfd.readouterr().err


def test_a_tail_of_a_moment_is_no_alarm(world: World) -> None:
    write(world, 1)
    assert found(world, "audit tail").holds
    assert "1 rows wait" in found(world, "audit tail").seen.en


def test_the_services_role_can_neither_change_nor_remove_rows_or_seals(world: World) -> None:
    write(world, 1)
    keep_sealed(world.database)
    with psycopg.connect(plain(own_url(world.database.url)), autocommit=True) as own:
        for denied in (
            "update counting.audit set actor = ''",
            "delete from counting.audit",
            "truncate counting.audit",
            "update counting.audit_seals set entries = 2",
            "delete from counting.audit_seals",
            "truncate counting.audit_seals",
            ROW.replace("(recorded_at", "(xid, recorded_at") + PLAIN.replace("(now()", "('1', now()"),
            ROW.replace("(recorded_at", "(incarnation, recorded_at") + PLAIN.replace("(now()", "(now(), now()"),
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(denied.encode())


def test_the_head_is_that_of_the_newest_seal(world: World) -> None:
    with world.database.read() as connection:
        assert newest_head(connection, "counting") is None
    write(world, 1)
    keep_sealed(world.database)
    with world.database.read() as connection:
        newest = newest_head(connection, "counting")
    (link,) = seals(world)
    assert newest
    assert (newest.number, newest.head) == (1, link.head.hex())
    assert system_clock() - newest.sealed_at < timedelta(minutes=1)
