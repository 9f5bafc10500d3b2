"""Product reviews at a shell, against a small gateway: taken in from a file, listed, answered, counted (CUS-3)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.order_answers import typed
from tests.cli.small_gateway import Asked, Refusal

pytestmark = pytest.mark.clause("CUS-3")
REVIEW = {
    "name": "reviews/00000000-0000-0000-0000-0000000000dd",
    "channel": "channels/1",
    "number": "R-1",
    "code": "MJ-CUP",
    "stars": 2,
    "text": "It leaks.",
    "placeTime": "2026-11-27T02:00:00Z",
    "dueTime": "2026-11-29T02:00:00Z",
    "answer": "",
}
SHOWN = {"code": "MJ-CUP", "count": 3, "meanStars": "3.50", "answered": 2, "answeredInTime": 1, "late": 2}
FAULT = {"line": 3, "outcome": "REVIEW_OUTCOME_REFUSED", "field": "评分", "reason": "STARS_UNREADABLE"}
KNOWN = {"line": 4, "outcome": "REVIEW_OUTCOME_REPEATED", "review": REVIEW["name"], "field": "", "reason": ""}
MADE = {
    "lineCount": 30,
    "takenCount": 3,
    "repeatedCount": 1,
    "refusedCount": 26,
    "lines": [KNOWN, FAULT, FAULT, *({**FAULT, "line": line} for line in range(4, 28))],
}
ANSWERS: dict[tuple[str, str], Any] = {
    ("GET", "/v1/reviews"): {"reviews": [REVIEW]},
    ("GET", f"/v1/{REVIEW['name']}"): REVIEW,
    ("POST", f"/v1/{REVIEW['name']}:answer"): {**REVIEW, "answer": "We see to it."},
    ("GET", "/v1/reviewFigures"): {"reviewFigures": [SHOWN]},
    ("POST", "/v1/channels/1/reviewImports"): MADE,
}


def cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.replace("│", "|").split("|")]


def test_a_file_is_handed_in_and_what_was_refused_is_named(tmp_path: Path) -> None:
    file = tmp_path / "reviews.csv"
    file.write_text("x")
    done = typed("reviews", "import", str(file), "--channel", "own", more=ANSWERS)
    assert done.exit_code == 1
    first, again, *_, more = done.output.splitlines()
    assert first == "reviews.csv: 30 lines; taken 3, on record already 1, refused 26"
    assert again == "  line 3 评分:  (STARS_UNREADABLE) ×2"
    assert more == "  and 5 more"
    sound = {("POST", "/v1/channels/1/reviewImports"): {**MADE, "refusedCount": 0, "lines": []}}
    done = typed("reviews", "import", str(file), "--channel", "own", "--validate", language="zh", more=sound)
    assert (done.exit_code, done.output) == (0, "reviews.csv：30 行；取入 3，已有 1，拒绝 0\n")
    wrong = Refusal("The heading lacks: rating.", "FILE_HEADER_WRONG")
    done = typed(
        "reviews", "import", str(file), "--channel", "own", more={("POST", "/v1/channels/1/reviewImports"): wrong}
    )
    assert (done.exit_code, "(FILE_HEADER_WRONG)" in done.output) == (1, True)


def test_reviews_are_listed_answered_and_counted() -> None:
    asked: list[dict[str, str]] = []

    def seen(query: Any) -> Any:
        asked.append(query.to_dict())
        return {"reviews": [REVIEW]}

    words = ("--unanswered", "--overdue", "--code", "MJ-CUP", "--channel", "own")
    listed = typed("reviews", "list", *words, more={**ANSWERS, ("GET", "/v1/reviews"): seen}).output
    row = cells(listed.splitlines()[2])
    assert (row[:4], row[6]) == (["000000dd", "own", "MJ-CUP", "2"], "It leaks.")
    every = {"unanswered": "true", "overdue": "true", "code": "MJ-CUP", "channel": "channels/1", "pageSize": "1000"}
    assert asked == [every]
    writes = Asked()
    done = typed("reviews", "answer", "00dd", "--text", "-", more=ANSWERS, asked=writes, handed="We see to it.")
    assert writes.writes == [("POST", f"/v1/{REVIEW['name']}:answer", {"text": "We see to it."})]
    assert done.output.rstrip().endswith("It leaks.  We see to it.")
    odd = {("GET", "/v1/reviews"): {"reviews": [{**REVIEW, "text": "It\x1b[2J leaks."}]}}
    assert "\x1b" not in typed("reviews", "list", more=odd).output
    figures = typed("reviews", "figures", more=ANSWERS).output.splitlines()
    assert cells(figures[2]) == ["MJ-CUP", "3", "3.50", "2", "1", "2"]
    assert json.loads(typed("reviews", "figures", "--json", more=ANSWERS).output) == [SHOWN]
    assert json.loads(typed("reviews", "list", "--json", more=ANSWERS).output) == [REVIEW]
