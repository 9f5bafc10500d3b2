"""Heads of the audit are kept outside the database by themselves; whoever rewrites the trail is named by them."""

import json

import pytest

from tests.cli.starting import eventually
from tests.journeys.client import Client
from tests.journeys.installed import Installation

CUT = "set session_replication_role = replica; truncate people.audit, people.audit_seals"


@pytest.mark.clause("SEC-3")
def test_a_trail_that_was_cut_is_named_by_heads_that_nobody_had_to_keep(
    installation: Installation, client: Client
) -> None:
    assert client.http.get("/v1/people").is_success
    eventually(lambda: '"people"' in installation.kept_heads(), within_seconds=120)
    before = installation.bylaw("doctor")
    assert before.returncode == 0, before.stdout + before.stderr
    assert "people audit heads: all " in before.stdout

    installation.sql(CUT)
    after = installation.bylaw("doctor", "--json")
    assert after.returncode == 1
    faults = [one for one in json.loads(after.stdout)["findings"] if not one["holds"]]
    assert "people audit heads" in {f"{one['subject']} {one['check']}" for one in faults}
