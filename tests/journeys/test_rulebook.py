"""A company rewords a clause and adds one: it is read on the sheet, in refusals, in the file and in the counts."""

import csv
import io
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.company import Company

LAST_MONTH = (datetime.now(UTC).date().replace(day=1) - timedelta(days=1)).replace(day=1)
WORDS = {"zh": "迟到十分钟以内（含）记为迟到。", "en": "Up to and including ten minutes late is late."}
KNOWN_EVERYWHERE_SECONDS = 10.0


def revise(client: Client, clause: str, since: date, wording: dict[str, str]) -> Any:
    body = {"wording": wording, "effectiveDate": since.isoformat(), "reason": "resolved in a journey"}
    return client.post(f"/v1/clauses/{clause}:revise", body)


def late_sheet(client: Client) -> Any:
    """Last month's sheet of 1004, who is late now and then."""
    (person,) = client.get("/v1/people", number="1004")["people"]
    return client.get(f"/v1/{person['name']}/sheets/{LAST_MONTH:%Y-%m}")


def words(sheet: Any, clause: str, day: str) -> str:
    """What a reader does: the clause's last entry that begins by the day."""
    said = [one for one in sheet["clauseWordings"] if one["clause"] == clause and one["effectiveDate"] <= day]
    return str(said[-1]["wording"]["en"])


def eventually(ask: Any) -> Any:
    """The first answer that is true; fails when it takes longer than a revision may take to be known everywhere."""
    ends = time.monotonic() + KNOWN_EVERYWHERE_SECONDS
    while not (answer := ask()):
        assert time.monotonic() < ends
        time.sleep(0.2)
    return answer


def bylaw(company: Company, client: Client, *arguments: str, language: str = "en") -> str:
    given = {"BYLAW_URL": company.address, "BYLAW_LOGIN": client.login, "BYLAW_PASSWORD": client.password}
    command = [sys.executable, "-m", "bylaw_cli", *arguments]
    environment = {**os.environ, **given, "BYLAW_LANGUAGE": language}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.clause("ATT-2")
def test_a_revision_from_the_middle_of_a_month_is_read_by_day_on_the_sheet(playground: Company) -> None:
    with playground.signed_in("administrator") as client:
        before = late_sheet(client)
        late = [day["workDate"] for day in before["days"] if "ATT-2" in str(day)]
        assert len(late) >= 2
        since = date.fromisoformat(late[-1])
        old = client.get("/v1/clauses/ATT-2", asOfDate=late[0])["wording"]["en"]
        revise(client, "ATT-2", since, WORDS)

        after = eventually(lambda: (sheet := late_sheet(client))["etag"] != before["etag"] and sheet)

        assert [words(after, "ATT-2", day) for day in (late[0], late[-1])] == [old, WORDS["en"]]
        assert after["inputsDigest"] == before["inputsDigest"]
        assert f"（自 {since} 起）" in bylaw(playground, client, "sheet", "1004", f"{LAST_MONTH:%Y-%m}", language="zh")


@pytest.mark.clause("SEC-1")
def test_whoever_is_refused_reads_the_clause_in_the_company_s_words_and_the_head_sees_how_often(
    playground: Company,
) -> None:
    today = datetime.now(UTC).date()
    with playground.signed_in("administrator") as client, playground.signed_in("employee") as employee:
        revise(client, "SEC-1", today - timedelta(days=1), {"zh": "闭嘴。", "en": "Tell nobody."})
        body = {"wording": WORDS, "reason": "mine"}

        def refused() -> Any:
            answer = employee.http.post("/v1/clauses/ATT-2:revise", json=body).json()
            return answer if answer.get("clauseWording", {}).get("en") == "Tell nobody." else None

        problem = eventually(refused)
        assert (problem["reason"], problem["clause"]) == ("PERMISSION_MISSING", "SEC-1")
        assert problem["clauseWording"] == {"zh": "闭嘴。", "en": "Tell nobody."}
        uses = client.get(
            "/v1/clauseUse/people",
            startMonth=f"{today - timedelta(days=1):%Y-%m}",
            endMonth=f"{today + timedelta(days=1):%Y-%m}",
            clause="SEC-1",
        )["uses"]
        assert any(use["unit"] and int(use["refusalCount"]) > 0 for use in uses)
        late_sheet(client)
        late = client.get("/v1/clauseUse/attendance", startMonth=f"{LAST_MONTH:%Y-%m}", clause="ATT-2")["uses"]
        assert sum(int(use["findingCount"]) for use in late) > 0


def test_the_book_is_edited_in_a_spreadsheet_and_handed_in_whole(playground: Company, tmp_path: Path) -> None:
    file = tmp_path / "rulebook.csv"
    with playground.signed_in("administrator") as client:
        bylaw(playground, client, "rulebook", "export", str(file))
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        rows.append(["HOUSE-1", "record", "2026-01-01", "", "浇花。", "Plants are watered.", ""])
        with file.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows(rows)

        said = bylaw(playground, client, "rulebook", "import", str(file), "--reason", "spring")
        again = bylaw(playground, client, "rulebook", "import", str(file))

        assert "1 wordings taken" in said
        assert "0 wordings taken" in again
        clause = client.get("/v1/clauses/HOUSE-1")
        assert (clause["service"], clause["reason"], clause["wording"]["zh"]) == ("company", "spring", "浇花。")
        assert bylaw(playground, client, "rulebook", "export", "-").count("HOUSE-1") == 1
