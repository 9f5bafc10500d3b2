"""The doctor finds what somebody did to a service's database behind its back, and says what to do, in two languages."""

import time

import psycopg
import pytest
from bylaw_chassis.doctor import Examined, Finding, examine
from bylaw_chassis.feed import sequence
from bylaw_chassis.retention import prune_feed

from tests.databases import plain
from tests.integration.chassis.counting import AddRequest
from tests.integration.chassis.worlds import MIGRATIONS, World, prepare, reached, unary

pytestmark = pytest.mark.postgresql15


def found(world: World, check: str, *, running: bool = True) -> Finding:
    """What one check says."""
    findings = examine(Examined(world.database, MIGRATIONS, running))
    return next(finding for finding in findings if finding.check == check)


def tampered(admin_url: str, statement: str) -> None:
    """Does something as the database's administrator."""
    with psycopg.connect(plain(admin_url), options="-csearch_path=counting") as connection:
        assert connection.execute(statement.encode()).rowcount != 0
        connection.execute("select pg_stat_force_next_flush()")


@pytest.fixture
def told(world: World) -> World:
    """A worker whose feed has three entries."""
    with reached(world, how="local") as channel:
        for _ in range(3):
            unary(channel, "Counters/Add")(AddRequest(name="a", amount=1), metadata=world.bearer("counters.add"))
    sequence(world.database)
    return world


def test_of_a_healthy_service_every_check_holds_and_says_something_in_both_languages(told: World) -> None:
    findings = examine(Examined(told.database, MIGRATIONS))
    assert [finding.check for finding in findings if not finding.holds] == []
    assert [finding.check for finding in findings] == [
        "schema", "feed", "outbox", "jobs", "request keys", "audit chain", "audit tail", "audit heads", "outcomes",
        "append-only ledger", "append-only audit", "append-only audit_seals",
    ]  # fmt: skip
    for finding in findings:
        assert all((finding.seen.zh, finding.seen.en, finding.cure.zh, finding.cure.en))


def test_a_deleted_entry_of_the_feed_is_missed(told: World, counting_url: str) -> None:
    assert found(told, "feed").holds
    tampered(counting_url, "delete from feed where position = 2")
    assert found(told, "feed").seen.en.endswith("1 missing.")
    assert not found(told, "feed").holds


def test_a_deleted_last_entry_of_the_feed_is_missed_too(told: World, counting_url: str) -> None:
    tampered(counting_url, "delete from feed where position = 3")
    assert not found(told, "feed").holds


def test_an_entry_nobody_gave_a_position_is_noticed(told: World, counting_url: str) -> None:
    tampered(counting_url, "update feed set position = 9 where position = 3")
    assert not found(told, "feed").holds


def test_a_feed_that_was_pruned_by_the_rules_is_whole(told: World, counting_url: str) -> None:
    tampered(counting_url, "update feed set occurred_at = now() - interval '1 year' where position < 3")
    assert prune_feed(told.database, days=90) == 2
    assert found(told, "feed").holds


def test_a_fact_that_waits_longer_than_a_minute_is_named_while_the_service_runs(
    world: World, counting_url: str
) -> None:
    tampered(
        counting_url,
        "insert into outbox (kind, key, payload, occurred_at) values ('k', 'k', '', now() - interval '2 minutes')",
    )
    assert not found(world, "outbox").holds
    assert found(world, "outbox", running=False).holds


JOB = "insert into jobs (id, kind, key, run_at, every_seconds, last_error, attempts, finished_at) values"


@pytest.mark.parametrize(
    ("job", "runs"),
    [
        ("(gen_random_uuid(), 'import', 'k', now(), null, 'WorkerDied', 6, now())", False),
        ("(gen_random_uuid(), 'sequence', 'timer', now(), 2, 'StopIteration', 3, null)", False),
        ("(gen_random_uuid(), 'sequence', 'timer', now() - interval '10 minutes', 2, '', 0, null)", False),
        ("(gen_random_uuid(), 'sequence', 'timer', now(), 2, 'StopIteration', 1, null)", True),
        ("(gen_random_uuid(), 'import', 'k', now() - interval '1 day', null, '', 0, now())", True),
    ],
    ids=["parked", "failing", "overdue", "failed once", "done"],
)
def test_a_job_that_was_given_up_and_a_timer_that_fails_or_is_overdue_are_named(
    world: World, counting_url: str, job: str, *, runs: bool
) -> None:
    tampered(counting_url, f"{JOB} {job}")
    assert found(world, "jobs").holds is runs


def test_a_key_that_outlived_its_time_is_named(world: World, counting_url: str) -> None:
    tampered(
        counting_url,
        "insert into request_keys (caller, method, key, digest, created_at)"
        " values ('c', 'm', 'k', '', now() - interval '3 days')",
    )
    assert not found(world, "request keys").holds
    assert found(world, "request keys", running=False).holds


@pytest.mark.parametrize(
    ("outcome", "runs", "stopped"),
    [
        ("interval '0', 'NotFound', null", False, False),
        ("interval '1 hour', '', null", False, True),
        ("interval '1 hour', '', now()", True, True),
        ("interval '0', '', null", True, True),
    ],
    ids=["failed", "late", "had its effect", "on its way"],
)
def test_an_outcome_that_fails_or_waits_for_long_is_named(
    world: World, counting_url: str, outcome: str, *, runs: bool, stopped: bool
) -> None:
    ago, error, applied = outcome.split(", ")
    tampered(
        counting_url,
        "insert into decided (decision, kind, state, subjects, requester, decided_at, clause, last_error, applied_at)"
        f" select gen_random_uuid(), 'leave', 'agreed', '{{}}', gen_random_uuid(), now() - {ago}, 'DEC-1', {error},"
        f" {applied}",
    )
    assert found(world, "outcomes").holds is runs
    assert found(world, "outcomes", running=False).holds is stopped


@pytest.mark.parametrize("right", ["update", "delete", "truncate", "update (said)"])
def test_a_right_that_the_services_role_should_not_have_is_found_and_migrating_takes_it_away(
    world: World, counting_url: str, right: str
) -> None:
    tampered(counting_url, f"grant {right} on ledger to bylaw_counting")
    assert not found(world, "append-only ledger").holds
    prepare(counting_url)
    assert found(world, "append-only ledger").holds


@pytest.mark.parametrize("change", ["update ledger set said = 'b'", "delete from ledger"])
def test_a_row_that_an_administrator_changed_in_an_append_only_table_is_noticed(
    world: World, counting_url: str, change: str
) -> None:
    tampered(counting_url, "insert into ledger (said) values ('a')")
    assert found(world, "append-only ledger").holds
    tampered(counting_url, change)
    give_up = time.monotonic() + 10
    while found(world, "append-only ledger").holds and time.monotonic() < give_up:
        time.sleep(0.05)
    assert "1 rows were changed" in found(world, "append-only ledger").seen.en


def test_a_schema_behind_its_revisions_is_all_that_is_said(world: World, counting_url: str) -> None:
    tampered(counting_url, "update service_version set version_num = '0000'")
    findings = examine(Examined(world.database, MIGRATIONS))
    assert [(finding.check, finding.holds) for finding in findings] == [("schema", False)]
    assert "bylaw migrate" in findings[0].cure.zh


def test_a_schema_that_was_never_made_is_no_crash(world: World, counting_url: str) -> None:
    tampered(counting_url, "drop table service_version, chassis_version")
    assert [finding.holds for finding in examine(Examined(world.database, MIGRATIONS))] == [False]


def test_a_check_that_cannot_be_made_has_not_been_passed_and_the_rest_is_examined(
    world: World, counting_url: str
) -> None:
    tampered(counting_url, "drop table feed")
    findings = examine(Examined(world.database, MIGRATIONS))
    assert {finding.check: finding.holds for finding in findings}["feed"] is False
    assert findings[-1].check == "append-only audit_seals"
    assert findings[-1].holds
