"""Kinds of leave as people type them: by their code, or by their name in either language."""

from collections.abc import Mapping
from typing import Any

from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Wording

HALVES = {"first": "DAY_HALF_FIRST", "second": "DAY_HALF_SECOND"}
"""Halves of a day, as they are typed and as the contract names them."""
UNKNOWN = Wording("There is no kind of leave {kind}; there are: {kinds}.", "没有名为 {kind} 的假；现有：{kinds}。")


def kinds_of(rest: Rest, person: str) -> list[Mapping[str, Any]]:
    """Return the kinds that somebody may ask for today."""
    return list(rest.get(f"/v1/{person}/leaveKinds").get("leaveKinds", []))


def kind_code(rest: Rest, person: str, typed: str, language: Language) -> str:
    """Return the code of a kind by its code or name; refuses one there is not, naming those there are."""
    kinds = kinds_of(rest, person)
    for kind in kinds:
        if typed.casefold() in {kind["code"].casefold(), *(title.casefold() for title in kind["title"].values())}:
            return str(kind["code"])
    known = Wording(", ", "、").show(language).join(f"{kind['code']} ({kind['title'][language]})" for kind in kinds)
    raise Told(UNKNOWN.show(language).format(kind=typed, kinds=known), language)
