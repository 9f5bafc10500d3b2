"""The team today: who is missing and whether that is planned, before anything else (ATT-2, ATT-4)."""

from datetime import date
from typing import Any

from bylaw.attendance.v1 import closing_pb2, corrections_pb2, photos_pb2, punches_pb2, sheets_pb2
from bylaw.people.v1 import organisation_pb2
from flask import Response

from bylaw_console.desk import MOST_ROWS, Desk
from bylaw_console.routes import get
from bylaw_console.teams import GROUPS, team_of
from bylaw_console.units import units_of

NEEDS = ("attendance.months.review",)


def team(desk: Desk) -> Response:
    """The people of a unit and those below it, on a day."""
    units = units_of(desk, desk.args.get("unit", ""))
    if units.chosen is None:
        return desk.render("not_there.html", 404)
    today = f"{desk.local_now():%Y-%m-%d}"
    on = _day(desk.args.get("day", "")) or today
    page = desk.ask(
        sheets_pb2.ListSheetsRequest(
            parent=units.chosen.name, month=on[:7], page_size=MOST_ROWS, page_token=desk.args.get("page", "")
        )
    )
    return desk.render(
        "team.html",
        units=units,
        on=on,
        today=today,
        order=GROUPS,
        team=team_of(page.sheets, on, desk),
        token=page.next_page_token,
        clocks=_clocks(desk, units.chosen.name, on[:7]),
        waiting=_waiting(desk),
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _clocks(desk: Desk, unit: str, month: str) -> list[tuple[str, str, Any]]:
    """Device, site and how far it has reported: of all clocks, else of those the unit waits for."""
    if desk.may("attendance.clocks.read"):
        wish = organisation_pb2.ListSitesRequest(page_size=MOST_ROWS)
        codes = {one.name: one.code for one in desk.ask_or(organisation_pb2.ListSitesResponse(), wish).sites}
        found = desk.ask(punches_pb2.ListClocksRequest()).clocks
        return [(one.device, codes.get(one.site, ""), one.report_time) for one in found if not one.retire_date]
    awaited = desk.ask_or(closing_pb2.UnitMonth(), closing_pb2.GetUnitMonthRequest(name=f"{unit}/months/{month}"))
    return [(one.device, one.site_code, one.report_time) for one in awaited.awaited_clocks]


def _waiting(desk: Desk) -> int:
    """How many corrections and photos wait for a head's answer, of the newest of them."""
    corrections = corrections_pb2.ListPunchCorrectionsRequest(
        state=corrections_pb2.PUNCH_CORRECTION_STATE_WAITING, page_size=MOST_ROWS
    )
    photos = photos_pb2.ListSignInPhotosRequest(state=photos_pb2.SIGN_IN_PHOTO_STATE_WAITING, page_size=MOST_ROWS)
    asked = desk.ask_or(corrections_pb2.ListPunchCorrectionsResponse(), corrections).punch_corrections
    taken = desk.ask_or(photos_pb2.ListSignInPhotosResponse(), photos).sign_in_photos
    return sum(one.person != desk.me.person for one in (*asked, *taken))


ROUTES = (get("/team", team, needs=NEEDS),)
