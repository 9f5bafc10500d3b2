"""What people type for a person, a unit or a site, as the interface's name; and what names mean to people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bylaw_cli.rest import Parameters, Rest, Told
from bylaw_cli.wording import Language, Wording

ME = "me"
ALL: Parameters = {"pageSize": 1000}
SHOWN = 8
"""So many of several are named."""


def person_with(rest: Rest, typed: str, language: Language) -> str:
    """Return the resource name of a person by number, login or name, or of the caller (`me`).

    Refuses one out of reach, and a name that several have.
    """
    if typed == ME:
        return own_name(rest)
    if typed.startswith("people/"):
        return typed
    if found := rest.get("/v1/people", {"number": typed}).get("people", []):
        return str(found[0]["name"])
    wanted = typed.casefold()
    everybody = list(rest.pages("/v1/people", "people", ALL))
    named = [one for one in everybody if one.get("login", "").casefold() == wanted] or [
        one for one in everybody if one.get("displayName", "").casefold() == wanted
    ]
    return str(_only(named, "number", typed, unknown=_nobody(typed), language=language)["name"])


def own_name(rest: Rest) -> str:
    """Return the resource name of whoever is signed in."""
    return str(rest.get("/v1/self")["person"]["name"])


def unit_with(rest: Rest, code: str, language: Language) -> str:
    """Return the resource name of the unit with a code; refuses one that there is not."""
    units = rest.get("/v1/units", {"code": code}).get("units", [])
    none = Wording(f"There is no unit with code {code}.", f"没有代码为 {code} 的部门。")
    return str(_only(units, "code", code, unknown=none, language=language)["name"])


def site_with(rest: Rest, code: str, language: Language) -> str:
    """Return the resource name of the site with a code; refuses one that there is not, naming those there are."""
    sites = list(rest.pages("/v1/sites", "sites", ALL))
    codes = _joined((site["code"] for site in sites), language)
    none = Wording(
        f"There is no site with code {code}; there are: {codes}.", f"没有代码为 {code} 的地点；现有：{codes}。"
    )
    found = [site for site in sites if site["code"] == code]
    return str(_only(found, "code", code, unknown=none, language=language)["name"])


def whose(rest: Rest, typed: str, language: Language) -> str:
    """Return the resource name of the unit with a code, or else of a person; nothing where nothing was typed."""
    if not typed or typed == ME:
        return own_name(rest) if typed else ""
    if units := rest.get("/v1/units", {"code": typed}).get("units", []):
        return str(units[0]["name"])
    return person_with(rest, typed, language)


def _only(found: list[Any], told: str, typed: str, *, unknown: Wording, language: Language) -> Any:
    """Return the one that was found; of several the first few are named."""
    if not found:
        raise Told(unknown.show(language), language)
    if len(found) > 1:
        which = _joined((one[told] for one in found[:SHOWN]), language)
        several = Wording(
            f"{len(found)} are called {typed}: {which}. Type the number.",
            f"有 {len(found)} 人名为 {typed}：{which}。请输入工号。",
        )
        raise Told(several.show(language), language)
    return found[0]


def _nobody(typed: str) -> Wording:
    return Wording(
        f"Nobody within your reach has employee number {typed}, or is called so.",
        f"在您的可见范围内没有工号、登录名或姓名为 {typed} 的员工。",
    )


def _joined(words: Iterable[str], language: Language) -> str:
    return Wording(", ", "、").show(language).join(words)


@dataclass
class Names:
    """What things are called, each asked for once; what the caller may not see keeps its resource name."""

    rest: Rest
    language: Language
    known: dict[str, Any] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """What something is called, by its resource name; nothing where there is none."""
        found = self._found(name) if name else {}
        return str(found.get("displayName") or found.get("title", {}).get(self.language) or name)

    def within(self, sentence: str, name: str) -> str:
        """A sentence in which something is called by its name."""
        return sentence.replace(name, self.of(name)) if name else sentence

    def numbered(self, person: str, number: str) -> str:
        """A person by number and name; by the number alone where the caller may not see them."""
        called = self.of(person)
        return number if called == person else f"{number} {called}"

    def coded(self, name: str) -> str:
        """A unit or a site by its code, as it is typed, and what it is called; nothing where there is none."""
        code = self._found(name).get("code", "") if name else ""
        return f"{code} {self.of(name)}".strip()

    def _found(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = self._asked(name)
        return self.known[name]

    def _asked(self, name: str) -> Any:
        try:
            return self._role(name) if name.startswith("roles/") else self.rest.get(f"/v1/{name}")
        except Told:
            return {}

    def _role(self, name: str) -> Any:
        """A role as the list has it: none is asked for alone."""
        return next((role for role in self.rest.get("/v1/roles")["roles"] if role["name"] == name), {})
