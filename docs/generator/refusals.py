"""The page of refusals: every reason the product says no with, its words in both languages, and what it becomes."""

from collections.abc import Iterator

from .contract import call_name, calls, reasons
from .markdown import code, link, page, table, without_empty_columns
from .wordings import Saying, sayings

INTRODUCTION = """\
Every refusal has a stable reason to test for, its words in both languages, and where a clause of the rulebook decided,
the clause. Over gRPC it is a `google.rpc.Status` with an `ErrorInfo`; over REST it is `application/problem+json` with
`reason`, `detail` (in the language of `Accept-Language`), `clause` with `clauseWording` (as it is worded today, in both
languages), `traceId` and `errors` for the fields or lines at fault. Words in braces are filled in. A reason without a
status belongs to one punch, one line or one file; where it is the answer to a call, that is 400 and `INVALID_ARGUMENT`.
Those of the host of plugins stop a start instead."""
HEADS = ["Reason", "HTTP", "gRPC", "Clause", "中文", "English", "When", "Calls"]
TITLES = {
    "bylaw_chassis": "Of every service",
    "bylaw_people": "Of people",
    "bylaw_attendance": "Of attendance",
    "bylaw_inventory": "Of inventory",
    "bylaw_orders": "Of orders",
    "bylaw_gateway": "Of the gateway",
    "bylaw_plugin_host": "Of the host of plugins",
}


def refusals_page() -> str:
    """The whole page."""
    return page("Refusals", INTRODUCTION, *_parts())


def _parts() -> Iterator[str]:
    found = sayings()
    said_by = _calls_by_reason()
    for package in sorted({saying.package for saying in found}, key=list(TITLES).index):
        yield f"## {TITLES[package]}"
        rows = [_row(saying, said_by) for saying in found if saying.package == package]
        yield table(*without_empty_columns(HEADS, rows))


def _row(saying: Saying, said_by: dict[str, list[str]]) -> list[str]:
    named = said_by.get(saying.reason, [])
    clause = link(saying.clause, saying.clause, page_name="clauses.md") if saying.clause else ""
    names = ", ".join(link(name, name, page_name="calls.md") for name in named)
    words = (_filled(saying.zh), _filled(saying.en))
    return [code(saying.reason), saying.status, saying.code, clause, *words, saying.meaning, names]


def _calls_by_reason() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for method in calls():
        for reason in reasons(method):
            found.setdefault(reason, []).append(call_name(method))
    return found


def _filled(words: str) -> str:
    """The words with a brace where one is meant."""
    return words.replace("{{", "{").replace("}}", "}")
