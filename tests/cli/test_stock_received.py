"""Deliveries, visitors and rounds by commands, against a small gateway: what is meant, what is sent, what is said."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli import stock_answers
from tests.cli.small_gateway import Asked
from tests.cli.stock_answers import W, pieces

NOTE = {
    "name": "deliveryNotes/1",
    "number": "CH-3107",
    "supplier": "Potters",
    "expectedDate": "2026-11-28",
    "state": "DELIVERY_NOTE_STATE_OPEN",
    "blind": False,
    "endReason": "",
    "lines": [
        {"item": "items/cup", "lot": "", "expiryDate": "", "quantity": pieces("60"), "accepted": pieces("0")},
    ],
}
DELIVERY = {
    "name": "deliveries/1",
    "number": 1,
    "reference": "SF-1",
    "state": "DELIVERY_STATE_COUNTED",
    "decision": "DELIVERY_DECISION_UNSPECIFIED",
    "photos": [],
    "reason": "",
    "remark": "",
    "lines": [{"item": "items/cup", "lot": "", "fit": pieces("56"), "damaged": pieces("4")}],
    "comparedLines": [
        {
            "item": "items/cup",
            "lot": "",
            "announced": pieces("60"),
            "counted": pieces("60"),
            "differences": ["DELIVERY_DIFFERENCE_DAMAGED"],
        }
    ],
}
COUNTING = {**DELIVERY, "name": "deliveries/2", "number": 2, "state": "DELIVERY_STATE_COUNTING", "comparedLines": []}
VISIT = {
    "name": "visits/00000000-0000-0000-0000-0000292b84d5",
    "person": "",
    "visitorName": "Ada",
    "company": "Liftworks",
    "purpose": "mends the lift",
    "inTime": "2026-11-27T01:10:00Z",
    "struckOut": False,
}
FINE = {"finding": "ROUND_FINDING_FINE", "words": ""}
ROUND = {
    "roundDate": "2026-11-27",
    "side": "ROUND_SIDE_LEAVING",
    "keeper": "people/q",
    "locks": {"finding": "ROUND_FINDING_UNUSUAL", "words": "the back door"},
    "goods": FINE,
    "surroundings": FINE,
}
WAITING = {
    "item": "items/cup",
    "lot": "",
    "expiryDate": "",
    "fromPlace": "places/d",
    "toPlace": "places/a",
    "quantity": pieces("56"),
}
MORE = {
    ("GET", f"{W}/deliveryNotes"): {"deliveryNotes": [NOTE]},
    ("GET", "/v1/deliveryNotes/1/deliveries"): {"deliveries": [DELIVERY, COUNTING]},
    ("POST", "/v1/deliveryNotes"): NOTE,
    ("POST", "/v1/deliveryNotes/1/deliveries:start"): COUNTING,
    **{("POST", f"/v1/deliveries/2:{verb}"): COUNTING for verb in ("addToCount", "finishCount")},
    ("POST", "/v1/deliveries/1:decide"): {
        **DELIVERY,
        "decision": "DELIVERY_DECISION_ACCEPTED_IN_PART",
        "reason": "four",
    },
    ("POST", "/v1/deliveries/2/deliveryPhotos"): {"name": "deliveryPhotos/1"},
    ("GET", f"{W}/putAways"): {"putAways": [WAITING, {**WAITING, "item": "items/vase", "toPlace": ""}]},
    ("POST", f"{W}/putAways"): {"name": "stockMovements/9"},
    ("GET", f"{W}/visits"): {"visits": [VISIT]},
    ("POST", f"{W}/visits:signIn"): VISIT,
    ("POST", f"/v1/{VISIT['name']}:signOut"): {**VISIT, "outTime": "2026-11-27T02:00:00Z"},
    ("GET", f"{W}/houseRounds"): {"houseRounds": [ROUND]},
    ("POST", f"{W}/houseRounds:handIn"): ROUND,
    ("GET", f"{W}/missingRounds"): {
        "missingRounds": [
            {"roundDate": "2026-11-26", "side": "ROUND_SIDE_ARRIVING", "keeper": ""},
            {"roundDate": "2026-11-26", "side": "ROUND_SIDE_LEAVING", "keeper": "people/q"},
        ]
    },
}


@pytest.fixture
def asked() -> Asked:
    """What the gateway was asked to change."""
    return Asked()


def typed(*words: str, more: Any = None, **given: Any) -> Result:
    return stock_answers.typed(*words, more={**MORE, **(more or {})}, **given)


@pytest.mark.clause("WHS-1", "WHS-2")
def test_a_note_is_shown_with_what_came_beside_what_was_announced() -> None:
    assert typed("receive", "list").output == "CH-3107  Potters  for 2026-11-28  expected\n"
    assert typed("receive", "show", "ch-3107").output.splitlines() == [
        "CH-3107  Potters  for 2026-11-28  expected",
        "  MJ-CUP 手冲杯  announced 60 piece, accepted 0",
        "delivery 1  SF-1  counted, to be decided",
        "  MJ-CUP 手冲杯  announced 60 piece, counted 60  damaged",
        "delivery 2  SF-1  is counted",
        "  MJ-CUP 手冲杯  fit 56, damaged 4, another variety 0",
    ]
    assert "残损" in typed("receive", "show", "CH-3107", language="zh").output
    assert "There is no delivery note X-1" in typed("receive", "show", "X-1").output
    two = {("GET", f"{W}/deliveryNotes"): {"deliveryNotes": [NOTE, {**NOTE, "supplier": "Weavers"}]}}
    assert "Several suppliers have a note CH-3107" in typed("receive", "show", "CH-3107", more=two).output
    assert typed("receive", "show", "CH-3107", "--supplier", "potters", more=two).exit_code == 0


@pytest.mark.clause("WHS-1", "WHS-2")
def test_a_delivery_is_announced_counted_and_what_is_fit_of_it_taken_in(asked: Asked, tmp_path: Path) -> None:
    file, image = tmp_path / "note.csv", tmp_path / "chipped.png"
    file.write_text("item,quantity,lot\nMJ-CUP,60,\n6970812300015,1,L-1\n")
    image.write_bytes(b"\x89PNG")
    typed("receive", "announce", "Potters", "CH-3107", str(file), "--expected", "2026-11-28", "--blind", asked=asked)
    typed("receive", "start", "CH-3107", "--reference", "SF-1", "--partial", asked=asked)
    typed("receive", "count", "CH-3107", "MJ-CUP", "4", "--damaged", "--take-off", asked=asked)
    typed("receive", "finish", "CH-3107", "--remark", "a box without a label", asked=asked)
    assert typed("receive", "photo", "CH-3107", str(image)).output == "chipped.png: deliveryPhotos/1\n"
    done = typed(
        "receive", "decide", "CH-3107", "--accept-fit", "four", "--to", "DOCK", "--closes", "no more", asked=asked
    )
    assert done.output.startswith("delivery 1  SF-1  accepted in part  four\n")
    announced, started, count, finished, decided = (body for _, _, body in asked.writes)
    assert announced["lines"][1] == {"item": "items/cup", "quantity": {"value": "1"}, "lot": "L-1"}
    assert (announced["blind"], announced["expectedDate"]) == (True, "2026-11-28")
    assert started == {"reference": "SF-1", "partial": True}
    assert count == {
        "item": "items/cup",
        "quantity": {"value": "4"},
        "condition": "GOODS_CONDITION_DAMAGED",
        "takeOff": True,
    }
    assert finished == {"remark": "a box without a label"}
    assert decided == {
        "decision": "DELIVERY_DECISION_ACCEPTED_IN_PART",
        "lines": [{"item": "items/cup", "quantity": pieces("56")}],
        "reason": "four; no more",
        "noteOutcome": "NOTE_OUTCOME_CLOSES",
        "toPlace": "places/d",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("decide", "CH-3107"), "Give one of --accept, --accept-fit TEXT and --refuse TEXT."),
        (("decide", "CH-3107", "--accept", "--refuse", "x"), "Give one of --accept"),
        (("count", "CH-3107", "MJ-CUP", "1", "--damaged", "--other-variety"), "Give one of --damaged"),
    ],
)
def test_what_contradicts_itself_is_sent_to_nobody(asked: Asked, words: Any, said: str) -> None:
    done = typed("receive", *words, asked=asked)
    assert (done.exit_code, said in done.output, asked.writes) == (1, True, [])


def test_a_step_that_no_delivery_is_ready_for_is_told_so(asked: Asked) -> None:
    none = {("GET", "/v1/deliveryNotes/1/deliveries"): {"deliveries": []}}
    done = typed("receive", "finish", "CH-3107", more=none, asked=asked)
    assert "No delivery of CH-3107 stands so: bylaw receive show CH-3107." in done.output
    assert asked.writes == []


@pytest.mark.clause("WHS-8")
def test_what_waits_is_put_away_once_it_was_shown_and_said_so(asked: Asked) -> None:
    shown = typed("receive", "put-away", asked=asked, said="n\n").output
    assert "MJ-CUP 手冲杯  56 piece  DOCK  → A-01\n" in shown
    assert "MJ-VASE 花瓶  56 piece  DOCK  has no fixed place yet" in shown
    assert (asked.writes, "Nothing was sent." in shown) == ([], True)
    assert typed("receive", "put-away", "--item", "MJ-VASE", asked=asked).exit_code == 0
    assert asked.writes == []
    typed("receive", "put-away", "--yes", asked=asked)
    line = {name: WAITING[name] for name in ("item", "lot", "fromPlace", "toPlace", "quantity")}
    assert asked.writes == [("POST", f"{W}/putAways", {"lines": [line]})]


@pytest.mark.clause("WHS-10")
def test_visitors_are_registered_by_name_and_leave_by_it(asked: Asked) -> None:
    assert typed("visitors", "list").output == "292b84d5  Ada  Liftworks  mends the lift  in 2026-11-27 09:10  inside\n"
    typed("visitors", "in", "Ada", "--company", "Liftworks", "--purpose", "mends the lift", asked=asked)
    typed("visitors", "in", "--person", "me", asked=asked)
    assert typed("visitors", "out", "Ada", asked=asked).output == "in 2026-11-27 09:10  out 2026-11-27 10:00\n"
    assert typed("visitors", "out", "292b84d5").exit_code == 0
    assert [body for _, _, body in asked.writes] == [
        {"company": "Liftworks", "purpose": "mends the lift", "visitorName": "Ada"},
        {"person": "people/me"},
        {},
    ]
    assert "Nobody called Bo is inside." in typed("visitors", "out", "Bo").output
    assert "Give NAME, or --person WHO." in typed("visitors", "in").output
    twice = {("GET", f"{W}/visits"): {"visits": [VISIT, VISIT]}}
    assert "有多名 Ada 在仓内" in typed("visitors", "out", "Ada", language="zh", more=twice).output


@pytest.mark.clause("WHS-11")
def test_the_three_checks_are_handed_in_and_those_that_nobody_made_listed(asked: Asked) -> None:
    said = "2026-11-27  on leaving  钱峰  locks and doors: the back door\n"
    assert typed("checks", "leaving", "--locks", "the back door", asked=asked).output == said
    assert typed("checks", "list").output == said
    assert asked.writes[0][2] == {
        "side": "ROUND_SIDE_LEAVING",
        "locks": {"finding": "ROUND_FINDING_UNUSUAL", "words": "the back door"},
        "goods": {"finding": "ROUND_FINDING_FINE"},
        "surroundings": {"finding": "ROUND_FINDING_FINE"},
    }
    missing = typed("checks", "missing", "2026-11-26", language="zh").output.splitlines()
    assert missing == ["2026-11-26  到岗  无人上报", "2026-11-26  离岗  钱峰"]
