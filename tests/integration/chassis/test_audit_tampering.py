"""What an administrator of the database does to the trail behind our back: what the doctor finds, and what it cannot.

The rows are those of the table in `docs/how-to/operate.md`; what is not found is stated there and proved here.
"""
# ruff: noqa: S608 - the statements are those of an administrator who means harm

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.audit.heads import (
    ExportedHead,
    HeadKey,
    HeadUnreadable,
    is_signed,
    newest_head,
    read_head,
)
from bylaw_chassis.audit.sealing import keep_sealed
from bylaw_chassis.audit.tables import audit
from bylaw_chassis.clock import system_clock
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.databases import plain
from tests.integration.chassis.test_audit_seals import proved, seals, write
from tests.integration.chassis.worlds import MASTER_KEY, MIGRATIONS, World

pytestmark = [pytest.mark.postgresql15, pytest.mark.clause("SEC-3")]
KEY = HeadKey(MASTER_KEY)


@pytest.fixture
def sealed(world: World) -> World:
    """A chain of four seals over twelve rows."""
    for count in (3, 4, 2, 3):
        write(world, count)
        assert keep_sealed(world.database) == count
    return world


def exported(world: World) -> ExportedHead:
    """The head as it leaves the database now."""
    with world.database.read() as connection:
        head = newest_head(connection, "counting")
    assert head
    return KEY.export(head, system_clock())


def behind_our_back(url: str, *statements: str) -> None:
    """Does something as the database's administrator, who knows how to leave the counters out of it."""
    with psycopg.connect(plain(url), options="-csearch_path=counting -csession_replication_role=replica") as admin:
        for statement in statements:
            assert admin.execute(statement.encode()).rowcount != 0


def found(world: World, check: str, *heads: ExportedHead) -> Finding:
    """What one check says, with heads that were kept outside where there are some."""
    findings = examine(Examined(world.database, MIGRATIONS, heads=heads or None))
    return next(finding for finding in findings if finding.check == check)


def ids(world: World) -> list[int]:
    """The rows' ids, in order."""
    with world.database.read() as connection:
        return list(connection.execute(sa.select(audit.c.id).order_by(audit.c.id)).scalars())


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'people/somebody-else'", "reason = 'X'", "recorded_at = recorded_at + interval '1 microsecond'",
        "targets = '{people/1}'", "sources = '{}' || array['grants/1']", "clause = 'ATT-1'", "dropped = 1",
        "trace_id = 'x'", "digest = ''", "address = 'x'", "fields = '{a,b}'", "method = 'm'",
    ],
)  # fmt: skip
def test_an_edited_row_is_found_and_named_with_its_seal(sealed: World, counting_url: str, change: str) -> None:
    row = ids(sealed)[4]
    behind_our_back(counting_url, f"update audit set {change} where id = {row}")
    broken = proved(sealed).broken
    assert broken
    assert (broken.seal, broken.changed, broken.missing, broken.added) == (2, [row], [], [])
    told = found(sealed, "audit chain")
    assert not told.holds
    assert told.seen.en == f"the first broken link is seal 2: rows changed: {row}."
    assert told.seen.zh == f"第一处断裂在第 2 个封条：被改的行 {row}。"


def test_text_moved_from_one_field_to_the_next_is_found(sealed: World, counting_url: str) -> None:
    row = ids(sealed)[0]
    behind_our_back(counting_url, f"update audit set actor = actor || session, session = '' where id = {row}")
    assert proved(sealed).broken is None
    behind_our_back(counting_url, f"update audit set method = actor || method, actor = '' where id = {row}")
    assert proved(sealed).broken is not None


def test_a_deleted_row_is_found_and_named(sealed: World, counting_url: str) -> None:
    row = ids(sealed)[8]
    behind_our_back(counting_url, f"delete from audit where id = {row}")
    broken = proved(sealed).broken
    assert broken
    assert (broken.seal, broken.missing) == (3, [row])


def test_swapped_rows_are_found_and_named(sealed: World, counting_url: str) -> None:
    one, other = ids(sealed)[3:5]
    other_one = f"select trace_id from audit as o where o.id = {one} + {other} - audit.id"
    behind_our_back(counting_url, f"update audit set trace_id = ({other_one}) where id in ({one}, {other})")
    broken = proved(sealed).broken
    assert broken
    assert (broken.seal, broken.changed) == (2, [one, other])


def test_a_row_slipped_into_a_sealed_batch_is_found_and_named(sealed: World, counting_url: str) -> None:
    row = ids(sealed)[0]
    columns = (
        "actor, session, on_behalf_of, method, targets, fields, sources, scopes, address, trace_id, reason, clause"
    )
    behind_our_back(
        counting_url,
        f"insert into audit (xid, incarnation, recorded_at, {columns}, dropped, digest)"
        f" select xid, incarnation, recorded_at, {columns}, dropped, digest from audit where id = {row}",
    )
    broken = proved(sealed).broken
    assert broken
    assert (broken.seal, broken.added) == (1, [ids(sealed)[-1]])


def test_a_row_put_where_no_seal_reaches_is_found(sealed: World, counting_url: str) -> None:
    behind_our_back(
        counting_url,
        "insert into audit (incarnation, recorded_at, actor, session, on_behalf_of, method, targets, fields, sources,"
        " scopes, address, trace_id, reason, clause, dropped, digest)"
        " values ('1999-01-01', now(), 'people/x', '', '', 'm', '{}', '{}', '{}', '{}', '', '', '', '', 0, '')",
    )
    assert keep_sealed(sealed.database) == 0
    told = found(sealed, "audit chain")
    assert not told.holds
    assert told.seen.en == "1 rows stand outside the chain."


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_batch_is_found(sealed: World, counting_url: str, number: int) -> None:
    seal = seals(sealed)[number - 1]
    behind_our_back(
        counting_url,
        f"delete from audit where id between {seal.first_id} and {seal.last_id}",
        f"delete from audit_seals where number = {number}",
    )
    broken = proved(sealed).broken
    assert broken
    assert (broken.seal, broken.ids) == (number, [])
    assert "the seal itself is missing" in found(sealed, "audit chain").seen.en


@pytest.mark.parametrize(
    "change",
    [
        "head = decode(repeat('00', 32), 'hex')",
        "previous = decode(repeat('01', 32), 'hex')",
        "marks = overlay(marks placing '\\x01'::bytea from 1)",
        "sealed_at = now()",
        "from_xid = '1'",
        "number = 9",
    ],
)
def test_an_edited_seal_is_found(sealed: World, counting_url: str, change: str) -> None:
    behind_our_back(counting_url, f"update audit_seals set {change} where number = 2")
    broken = proved(sealed).broken
    assert broken
    assert broken.seal == 2


def resealed(world: World, url: str, number: int) -> None:
    """Removes every seal from one on and lets the sealer make them anew: a chain that is whole again, and another."""
    behind_our_back(url, f"delete from audit_seals where number >= {number}")
    keep_sealed(world.database)
    assert proved(world).broken is None


def test_an_edit_with_every_later_seal_recomputed_is_found_only_by_the_heads_kept_outside(
    sealed: World, counting_url: str
) -> None:
    kept = exported(sealed)
    behind_our_back(counting_url, f"update audit set actor = 'people/x' where id = {ids(sealed)[4]}")
    resealed(sealed, counting_url, 2)
    write(sealed, 1)
    keep_sealed(sealed.database)
    write(sealed, 1)
    keep_sealed(sealed.database)
    assert seals(sealed)[-1].number == kept.head.number
    assert found(sealed, "audit chain").holds
    told = found(sealed, "audit heads", kept)
    assert not told.holds
    assert "seal 4, exported at" in told.seen.en
    assert told.seen.en.endswith("is another one now.")


def test_a_cut_end_is_found_only_by_the_heads_kept_outside(sealed: World, counting_url: str) -> None:
    kept = exported(sealed)
    behind_our_back(
        counting_url,
        f"delete from audit where id >= {seals(sealed)[2].first_id}",
        "delete from audit_seals where number >= 3",
    )
    assert found(sealed, "audit chain").holds
    assert found(sealed, "audit heads", kept).seen.en.endswith("is gone.")
    assert not found(sealed, "audit heads", kept).holds


def test_an_edited_tail_and_a_cut_tail_are_not_found_by_either(sealed: World, counting_url: str) -> None:
    kept = exported(sealed)
    write(sealed, 3)
    first, *_, last = ids(sealed)[-3:]
    behind_our_back(counting_url, f"update audit set actor = 'people/x' where id = {first}")
    behind_our_back(counting_url, f"delete from audit where id = {last}")
    keep_sealed(sealed.database)
    assert found(sealed, "audit chain").holds
    assert found(sealed, "audit heads", kept).holds


def test_what_is_behind_the_last_head_kept_outside_is_not_protected_against_recomputing(
    sealed: World, counting_url: str
) -> None:
    kept = exported(sealed)
    write(sealed, 2)
    keep_sealed(sealed.database)
    behind_our_back(counting_url, f"update audit set actor = 'people/x' where id = {ids(sealed)[-1]}")
    resealed(sealed, counting_url, 5)
    assert found(sealed, "audit heads", kept).holds


def test_every_head_ever_kept_is_compared_and_those_of_other_services_are_not(sealed: World) -> None:
    early = exported(sealed)
    write(sealed, 1)
    keep_sealed(sealed.database)
    foreign = replace(early, head=replace(early.head, service="people", head="00"))
    told = found(sealed, "audit heads", early, exported(sealed), foreign)
    assert told.holds
    assert told.seen.en == "all 2 heads kept outside are in the chain."


def test_a_head_is_signed_whole_and_whoever_has_the_public_key_may_check_it(sealed: World) -> None:
    kept = exported(sealed)
    assert read_head(kept.line()) == kept
    assert KEY.signed(kept)
    assert is_signed(kept, KEY.public)
    later = kept.exported_at + timedelta(microseconds=1)
    forged = [
        replace(kept, head=replace(kept.head, number=3)),
        replace(kept, head=replace(kept.head, head="00" * 32)),
        replace(kept, head=replace(kept.head, service="people")),
        replace(kept, head=replace(kept.head, sealed_at=later)),
        replace(kept, exported_at=later),
        replace(kept, signature=""),
        replace(kept, signature="nonsense"),
    ]
    assert [KEY.signed(one) for one in forged] == [False] * len(forged)
    assert not HeadKey("another key, of another installation").signed(kept)


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "{}", '{"service": "people", "number": "x"}', '{"service": "p", "number": 1, "head": "00"}']
)
def test_a_line_that_is_no_head_is_told_as_such(line: str) -> None:
    with pytest.raises(HeadUnreadable):
        read_head(line)
