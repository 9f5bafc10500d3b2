"""`bylaw orders import` hands a platform's files in and says what became of their lines, against a small gateway."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.order_answers import OWN
from tests.cli.small_gateway import Asked, served

pytestmark = pytest.mark.clause("ORD-1")
DONE = {
    "name": "orderImports/1",
    "state": "ORDER_IMPORT_STATE_DONE",
    "importer": "bylaw-taobao@1",
    "readCount": 5,
    "orderCount": 2,
    "takenCount": 3,
    "refusedCount": 2,
    "oddities": [{"oddity": "address_changed", "count": 2}],
}
REFUSED = {
    "line": 3,
    "field": "订单编号",
    "reason": "ORDER_NUMBER_ROUNDED",
    "message": {"zh": "请重新导出", "en": "export it again"},
}
FAILED = {**DONE, "state": "ORDER_IMPORT_STATE_FAILED", "refusal": {**REFUSED, "line": 0, "reason": "IMPORT_FAILED"}}
IMPORTER = {"importer": "bylaw-shopify@1", "title": {"zh": "Shopify 订单导出", "en": "Shopify order export"}}
WAITS = {"name": "orderImports/1", "state": "ORDER_IMPORT_STATE_FILE_AWAITED"}
RUNS = {**WAITS, "state": "ORDER_IMPORT_STATE_RUNNING"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A list and its goods."""
    found = (tmp_path / "list.csv", tmp_path / "goods.csv")
    for file in found:
        file.write_text("订单编号\n", encoding="utf-8")
    return str(found[0]), str(found[1])


def typed(*words: str, ended: Any = DONE, asked: Asked | None = None, language: Any = "en") -> Result:
    answers: dict[tuple[str, str], Any] = {
        ("GET", "/v1/channels"): {"channels": [OWN]},
        ("POST", "/v1/channels/1/orderImports"): lambda said: WAITS if said.get("moreFiles") else RUNS,
        ("POST", "/v1/orderImports/1:addFile"): RUNS,
        ("GET", "/v1/orderImports/1"): ended,
        ("GET", "/v1/orderImports/1/lines"): {"lines": [REFUSED, REFUSED]},
        ("GET", "/v1/orderImporters"): {"orderImporters": [IMPORTER]},
    }
    with served(answers, asked or Asked()) as type_in:
        return type_in("orders", "import", *words, language=language)


def outcomes(result: Result) -> Iterator[str]:
    yield from (line.strip() for line in result.output.splitlines())


def test_two_files_are_one_import_and_what_was_refused_is_named_once(files: tuple[str, str]) -> None:
    result = typed(*files, "--channel", "own")
    assert result.exit_code == 1
    first, odd, refused = outcomes(result)
    assert first.startswith("list.csv + goods.csv (bylaw-taobao@1): 5 lines, 2 orders; lines taken 3, held 0")
    assert (odd, refused) == (
        "address_changed ×2",
        "line 3 订单编号: export it again (ORDER_NUMBER_ROUNDED) ×2",
    )
    assert "拒绝 2" in typed(*files, "--channel", "own", language="zh").output


def test_without_a_refused_line_it_is_well(files: tuple[str, str]) -> None:
    result = typed(files[0], "--channel", "own", ended={**DONE, "refusedCount": 0})
    assert result.exit_code == 0
    assert '"takenCount": 3' in typed(files[0], "--channel", "own", "--json", ended={**DONE, "refusedCount": 0}).output


def test_a_failed_import_is_an_end_with_a_message(files: tuple[str, str]) -> None:
    result = typed(files[0], "--channel", "own", ended=FAILED)
    assert result.exit_code == 1
    assert "IMPORT_FAILED" in result.output


def test_the_importers_are_listed_and_no_file_is_no_import() -> None:
    assert typed("--importers").output == "bylaw-shopify@1  Shopify order export\n"
    assert typed("--channel", "own").exit_code == 1
