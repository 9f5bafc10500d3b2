"""Orders that go in one parcel, at a shell, against a small gateway: what could, merged, taken out, shown (ORD-2)."""

import json
from typing import Any

import pytest

from tests.cli.order_answers import HELD, ORDER, typed
from tests.cli.small_gateway import Asked, Refusal

pytestmark = pytest.mark.clause("ORD-1", "ORD-2")
OTHER = {**ORDER, "name": "orders/2", "number": "A-2"}
ANSWERS: dict[tuple[str, str], Any] = {
    ("POST", "/v1/orders:merge"): {"orders": [ORDER, OTHER]},
    ("POST", "/v1/orders/2:unmerge"): OTHER,
    ("GET", "/v1/mergeCandidates"): {"mergeCandidates": [{"orders": [ORDER, OTHER]}]},
    ("GET", "/v1/orders/2"): OTHER,
}


def test_orders_are_merged_and_one_is_taken_out_with_a_reason() -> None:
    asked = Asked()
    done = typed("merge", "A-1", "A-2", "--reason", "买家要求", more=ANSWERS, asked=asked)
    assert [line.split()[0] for line in done.output.splitlines()] == ["A-1", "A-2"]
    assert typed("unmerge", "A-2", "--reason", "加急", more=ANSWERS, asked=asked).output.startswith("A-2  own")
    assert asked.writes == [
        ("POST", "/v1/orders:merge", {"names": ["orders/1", "orders/2"], "reason": "买家要求"}),
        ("POST", "/v1/orders/2:unmerge", {"reason": "加急"}),
    ]
    assert "Missing option '--reason'" in typed("merge", "A-1", "A-2").output


def test_each_that_cannot_go_with_the_others_is_named() -> None:
    fault = {"field": "names[1]", "detail": "goods of order A-2 have left"}
    refused = {("POST", "/v1/orders:merge"): Refusal("At fault: 1.", "ORDERS_NOT_MERGED", [fault])}
    done = typed("merge", "A-1", "A-2", "--reason", "x", more=refused)
    assert "names[1]: goods of order A-2 have left" in done.output
    assert done.exit_code == 1


def test_what_could_go_in_one_parcel_is_shown_together() -> None:
    first, second = typed("mergeable", "--channel", "own", more=ANSWERS).output.splitlines()
    assert first.startswith("A-1  own")
    assert first.endswith("in one parcel with A-2")
    assert second.startswith("  A-2  own")
    assert len(json.loads(typed("mergeable", "--json", more=ANSWERS).output)[0]["orders"]) == 2
    nothing: Any = {("GET", "/v1/mergeCandidates"): {"mergeCandidates": []}}
    assert typed("mergeable", more=nothing).output == "There is nothing.\n"


def test_an_order_is_shown_with_what_goes_in_its_parcel() -> None:
    merged = {**HELD, "shippedWith": ["orders/2", "orders/7"]}
    shown = {**ANSWERS, ("GET", "/v1/orders/1"): merged}
    assert "  in one parcel with A-2, orders/7\n" in typed("show", "orders/1", more=shown).output
    assert "  同包裹：A-2, orders/7\n" in typed("show", "orders/1", language="zh", more=shown).output
