"""`bylaw why`: whether somebody may do something, which grant or post gives it, or what is missing (SEC-3)."""

from typing import Any

import click

from bylaw_cli.looking_up import Names, person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Say whether the person with employee NUMBER (`me`: yourself) may do something, which grant or post gives it, or"
    " what is missing. PERMISSION is one such as people.staff.read, or a call such as"
    " bylaw.people.v1.Staff.GetPerson. --at says on what: the code of a unit, or the number of a person.\n\n"
    "\b\nbylaw why me people.staff.appoint\nbylaw why 1020 attendance.sheets.read --at SERVICE\n"
    "bylaw why 1020 bylaw.people.v1.Staff.GetPerson --at 1008",
    "说明工号为 NUMBER 的人员（`me` 为本人）能否做某事、由哪项授权或岗位给予、或缺少什么。PERMISSION 为权限（如"
    " people.staff.read）或接口（如 bylaw.people.v1.Staff.GetPerson）。--at 指明对象：部门代码或工号。\n\n"
    "\b\nbylaw why me people.staff.appoint\nbylaw why 1020 attendance.sheets.read --at SERVICE\n"
    "bylaw why 1020 bylaw.people.v1.Staff.GetPerson --at 1008",
)
BEYOND = Wording("does not reach there", "范围不含该对象")
SCOPES = {
    "SELF": Wording("for oneself", "仅本人"),
    "UNIT": Wording("one unit", "单个部门"),
    "SUBTREE": Wording("a unit and all below it", "部门及下级"),
    "COMPANY": Wording("the whole organisation", "全公司"),
}


def why_command(language: Language) -> click.Command:
    """Return `bylaw why NUMBER PERMISSION`."""
    at = Wording("Code of a unit, or number of a person.", "部门代码或工号。").show(language)

    @click.option("--at", help=at)
    @click.argument("number")
    @click.argument("permission")
    def why(number: str, permission: str, *, at: str | None, **given: Any) -> None:
        rest = rest_of(given, language)
        asked = {
            "person": "" if number == "me" else person_with(rest, number, language),
            "method" if permission.startswith("bylaw.") else "permission": permission,
            "target": _target(rest, at, language) if at else "",
        }
        answer = rest.get("/v1/accessAnswer", {name: value for name, value in asked.items() if value})
        names = Names(rest, language)
        click.echo(f"{names.within(answer['sentence'][language], answer['target'])} [{answer['clause']}]")
        for standing in answer["standings"]:
            click.echo(f"  {_standing(standing, names, language)}")

    return click.command("why", help=ABOUT.show(language))(signed_in(why, language))


def _target(rest: Rest, at: str, language: Language) -> str:
    """Return the name of the unit with this code, or else of the person with this number."""
    found = rest.get("/v1/units", {"code": at}).get("units", []) or rest.get("/v1/people", {"number": at})["people"]
    if not found:
        nowhere = Wording(
            f"There is no unit with the code {at}, and nobody within your reach has that number.",
            f"没有代码为 {at} 的部门，您的可见范围内也没有此工号的人员。",
        )
        raise Told(nowhere.show(language), language)
    return str(found[0]["name"])


def _standing(standing: Any, names: Names, language: Language) -> str:
    """One grant or post: whether it reaches there, which role, how far, since and until when, by whom and why."""
    scope = SCOPES[standing["scope"].removeprefix("SCOPE_")].show(language)
    until = standing["endDate"] or "…"
    by = names.of(standing["grantedBy"])
    parts = (
        standing["source"] if standing["source"] != standing["role"] else "",
        names.of(standing["role"]),
        f"{scope} {names.of(standing['unit'])}".strip(),
        f"{standing['startDate']}–{until}" if standing["startDate"] else "",
        names.of(standing["position"]),
        by and Wording(f"by {by}", f"授权人 {by}").show(language),
        standing["reason"],
        "" if standing["reaches"] else BEYOND.show(language),
    )
    mark = "✓" if standing["reaches"] else "✗"
    return f"{mark} {Wording(', ', '，').show(language).join(part for part in parts if part)}"
