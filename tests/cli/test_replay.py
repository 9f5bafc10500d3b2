"""`bylaw replay` over the real gateway and service: figures, workbook, JSON, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bylaw_cli.wording import Language
from openpyxl import load_workbook

from tests.builders.attendance import AttendanceService
from tests.cli.replaying import Bylaw, listening, small_company, token_of, typed, working
from tests.databases import Databases


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    with small_company(postgres) as made:
        yield made


@pytest.fixture
def bylaw(attendance: AttendanceService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bylaw]:
    """The command, signed in by an access token."""
    monkeypatch.setenv("BYLAW_TOKEN", token_of(attendance))
    with listening(attendance) as port:
        yield typed(port)


@pytest.fixture
def runner(attendance: AttendanceService) -> Iterator[None]:
    """A worker that takes replays."""
    with working(attendance):
        yield


@pytest.fixture
def five_days(tmp_path: Path) -> str:
    """Parameters in a file."""
    file = tmp_path / "week.json"
    file.write_text(json.dumps({"working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}))
    return str(file)


@pytest.mark.usefixtures("runner")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("hours planned", "hours absent", "1 people change, in 6 places", "To switch it on from a date:")),
        ("zh", ("计划工时", "旷工工时", "1 人有变化，共 6 处", "自某日起启用：")),
    ],
)
def test_figures_before_and_after_are_shown_in_hours_and_how_to_switch_it_on(
    bylaw: Bylaw, five_days: str, language: Language, said: tuple[str, ...]
) -> None:
    done = bylaw(
        "SHOP", "2026-01", "2026-02", "--pattern", "fixed-week@1", "--parameters", five_days, language=language
    )

    assert done.exit_code == 0, done.output
    assert all(words in done.output for words in said), done.output
    planned = next(line for line in done.output.splitlines() if line.startswith(said[0]))
    assert planned.split()[-3:] == ["45.00", "37.50", "-7.50"]
    command = done.output.splitlines()[-1]
    assert command.startswith("  bylaw call POST /v1/patternAssignments '{")
    assert json.loads(command.partition("'")[2].rstrip("'"))["replay"].startswith("replays/")


@pytest.mark.usefixtures("runner")
def test_everybody_is_replayed_as_json_with_a_workbook_beside_it(bylaw: Bylaw, five_days: str, tmp_path: Path) -> None:
    file = tmp_path / "changes.xlsx"

    wish = ("all", "2026-01", "--pattern", "fixed-week@1", "--parameters", five_days)
    done = bylaw(*wish, "--in-place-of", "fixed-week@1", "--xlsx", str(file), "--json")

    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert (found["state"], found["cost"]["plannedHours"]) == ("REPLAY_STATE_DONE", -7.5)
    assert load_workbook(file).sheetnames == ["summary", "by person", "changes"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("NOPE", "2026-01", "--pattern", "fixed-week@1"), "There is no unit with the code NOPE."),
        (("SHOP", "January", "--pattern", "fixed-week@1"), "months such as 2026-01"),
        (("SHOP", "2026-01", "--pattern", "nothing@1"), "POLICY_VERSION_GONE"),
        (("SHOP", "2026-02", "2026-01", "--pattern", "fixed-week@1"), "must not be before the first month"),
    ],
)
def test_what_cannot_be_replayed_is_said(bylaw: Bylaw, arguments: tuple[str, ...], said: str) -> None:
    refused = bylaw(*arguments)

    assert refused.exit_code == 1
    assert said in refused.output


@pytest.mark.parametrize("content", ["[1]", "{"])
def test_a_file_without_parameters_is_refused_before_anything_is_asked(
    bylaw: Bylaw, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content)

    refused = bylaw("SHOP", "2026-01", "--pattern", "fixed-week@1", "--parameters", str(file))

    assert refused.exit_code == 1
    assert "holds no JSON object" in refused.output
