"""The page about the checks of orders names every check there is, and no other."""

import re

import pytest
from bylaw_orders.rules.checking.checked import NAMES

from tests.docs.pages import ROOT


@pytest.mark.clause("ORD-1")
@pytest.mark.parametrize("name", ["check-orders.md", "check-orders.zh-CN.md"])
def test_the_table_of_the_page_has_every_check(name: str) -> None:
    text = (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    assert {check for row in rows for check in re.findall(r"`([A-Z_]+)`", row)} == NAMES
