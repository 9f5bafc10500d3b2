"""At each seal the service says the signed head in its log: whatever collects logs holds heads outside the database."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from bylaw_chassis.audit.heads import HeadKey, read_head
from bylaw_chassis.audit.sealing import keep_sealed
from bylaw_chassis.doctor import Examined, examine
from bylaw_chassis.retention import chassis_timers

from tests.integration.chassis.test_audit_seals import PLAIN, ROW, seals, write
from tests.integration.chassis.test_audit_tampering import behind_our_back
from tests.integration.chassis.worlds import MASTER_KEY, MIGRATIONS, World

pytestmark = pytest.mark.clause("SEC-3")
KEY = HeadKey(MASTER_KEY)


def told(said: str) -> Iterator[dict[str, Any]]:
    """The lines of the log that tell of a seal."""
    lines = (json.loads(line) for line in said.splitlines() if line.startswith("{"))
    return (line for line in lines if line["event"] == "audit_sealed")


def test_each_seal_is_told_with_service_number_head_rows_and_instant(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    for count in (3, 1):
        write(world, count)
        keep_sealed(world.database, KEY)
    keep_sealed(world.database, KEY)
    lines = list(told(capsys.readouterr().err))
    assert [(line["service"], line["number"], line["rows"]) for line in lines] == [
        ("counting", 1, 3),
        ("counting", 2, 1),
    ]
    assert [line["head"] for line in lines] == [seal.head.hex() for seal in seals(world)]
    assert [datetime.fromisoformat(line["sealedAt"]) for line in lines] == [seal.sealed_at for seal in seals(world)]


def test_such_a_line_is_an_exported_head_and_holds_nothing_else(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    write(world, 1)
    keep_sealed(world.database, KEY)
    (line,) = told(capsys.readouterr().err)
    assert KEY.signed(read_head(json.dumps(line)))
    named = {"service", "number", "head", "rows", "sealedAt", "exportedAt", "signature"}
    assert set(line) == {*named, "event", "level", "timestamp"}


def test_what_the_log_told_contradicts_a_chain_that_was_made_anew(
    world: World, counting_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(world, 2)
    keep_sealed(world.database, KEY)
    heads = [read_head(json.dumps(line)) for line in told(capsys.readouterr().err)]
    behind_our_back(counting_url, "update audit set actor = 'people/x'", "delete from audit_seals")
    keep_sealed(world.database)
    checks = {one.check: one for one in examine(Examined(world.database, MIGRATIONS, heads=heads))}
    assert checks["audit chain"].holds
    assert checks["audit heads"].seen.en.endswith("is another one now.")


def test_the_timer_that_every_service_has_tells_them(
    world: World, counting_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    behind_our_back(counting_url, f"{ROW} {PLAIN}")
    (timer,) = (one for one in chassis_timers(world.database, head_key=KEY) if one.kind == "seal_audit")
    timer.function(None)  # type: ignore[arg-type] # this timer does not look at its lease
    assert [line["number"] for line in told(capsys.readouterr().err)] == [1]
