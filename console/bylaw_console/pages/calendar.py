"""The calendar that days are judged by, the company's own days over it, notices that change hours (HRS-3, HRS-6)."""

from calendar import Calendar
from datetime import date
from typing import Any

from bylaw.attendance.v1 import calendar_pb2, hours_pb2
from bylaw.people.v1 import organisation_pb2
from bylaw.types.v1 import localized_text_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.policy_books import ORGANISATION
from bylaw_console.routes import get, post
from bylaw_console.units import Units, units_of
from bylaw_console.when import is_month, month_beside

READ, PUBLISH = ("attendance.calendar.read",), ("attendance.calendar.publish",)
HOURS = ("attendance.hours.publish",)
CAUSES = ("POWER_FAILURE", "WATER_FAILURE", "NATURAL_DISASTER", "FORCE_MAJEURE", "BUSINESS_NEED")
MOST = 200


def calendar(desk: Desk) -> Response:
    """A month at a site, and what the company published."""
    return _show(desk)


def publish_day(desk: Desk) -> Response:
    """Publish a day of the company, or several in a row."""
    day = calendar_pb2.CompanyDay(
        subject=_subject(desk),
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        worked=desk.field("worked") == "yes",
        wording=_wording(desk),
    )
    wish = calendar_pb2.PublishCompanyDayRequest(company_day=day, request_id=desk.request_id)
    return _done(desk, wish, "company_days.published")


def withdraw_day(desk: Desk, name: str) -> Response:
    """Withdraw a day of the company."""
    wish = calendar_pb2.WithdrawCompanyDayRequest(
        name=f"companyDays/{name}", reason=desk.field("reason"), etag=desk.field("etag"), request_id=desk.request_id
    )
    return _done(desk, wish, "company_days.withdrawn")


def publish_notice(desk: Desk) -> Response:
    """Publish a notice of other hours, or of a day off."""
    notice = hours_pb2.HoursNotice(
        subject=_subject(desk),
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        day_off=desk.field("day_off") == "yes",
        hours=desk.field("hours").split(),
        cause=_cause(desk.field("cause")),
        wording=_wording(desk),
    )
    wish = hours_pb2.PublishHoursNoticeRequest(hours_notice=notice, request_id=desk.request_id)
    return _done(desk, wish, "hours_notices.published")


def withdraw_notice(desk: Desk, name: str) -> Response:
    """Withdraw a notice of hours."""
    wish = hours_pb2.WithdrawHoursNoticeRequest(
        name=f"hoursNotices/{name}", reason=desk.field("reason"), etag=desk.field("etag"), request_id=desk.request_id
    )
    return _done(desk, wish, "hours_notices.withdrawn")


def _cause(name: str) -> hours_pb2.HoursCause.ValueType:
    return hours_pb2.HoursCause.Value(f"HOURS_CAUSE_{name if name in CAUSES else 'UNSPECIFIED'}")


def _wording(desk: Desk) -> Any:
    return localized_text_pb2.LocalizedText(zh=desk.field("wording_zh"), en=desk.field("wording_en"))


def _subject(desk: Desk) -> str:
    """Whom a form means: a site by its name, a unit by its code, or everybody."""
    wished = desk.field("subject")
    if wished.startswith("sites/"):
        return wished
    return "" if wished == ORGANISATION else units_of(desk).named(wished)


def _done(desk: Desk, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, refusal)
    return desk.go("/calendar", said=said)


def _show(desk: Desk, refusal: Refusal | None = None) -> Response:
    month = desk.args.get("month", "") or f"{desk.local_now():%Y-%m}"
    if not is_month(month):
        return desk.render("not_there.html", 404)
    units, sites = units_of(desk), _sites(desk)
    site = desk.args.get("site", "") or next((one.code for one in sites if one.name == desk.me.site), "")
    withdrawn = bool(desk.args.get("withdrawn"))
    weeks, name = _weeks(desk, month, site)
    values = {
        "weeks": weeks,
        "calendar": name,
        "month": month,
        "earlier": month_beside(month, -1),
        "later": month_beside(month, 1),
        "site": site,
        "sites": [(one.code, f"{desk.text(one.title)} {one.code}") for one in sites],
        "days": desk.ask(calendar_pb2.ListCompanyDaysRequest(page_size=MOST, show_withdrawn=withdrawn)).company_days,
        "notices": desk.ask(hours_pb2.ListHoursNoticesRequest(page_size=MOST, show_withdrawn=withdrawn)).hours_notices,
        "subjects": _subjects(desk, units, sites),
        "titles": {unit.name: desk.text(unit.title) for unit in units.shown}
        | {one.name: desk.text(one.title) for one in sites},
        "causes": [(one, desk.t(f"HoursCause.HOURS_CAUSE_{one}")) for one in CAUSES],
        "withdrawn": withdrawn,
    }
    return desk.show("company_calendar.html", refusal, **values)


def _sites(desk: Desk) -> list[Any]:
    wish = organisation_pb2.ListSitesRequest(page_size=MOST)
    return list(desk.ask_or(organisation_pb2.ListSitesResponse(), wish).sites)


def _subjects(desk: Desk, units: Units, sites: list[Any]) -> list[tuple[str, str]]:
    everybody = (ORGANISATION, desk.t("policies.everybody"))
    return [everybody, *((one.name, desk.text(one.title)) for one in sites), *units.options(desk)]


def _weeks(desk: Desk, month: str, site: str) -> tuple[list[list[Any]], str]:
    """The weeks of a month, Monday first: each date with what the calendar makes of it, None outside of the month."""
    year, number = (int(part) for part in month.split("-"))
    weeks = Calendar().monthdatescalendar(year, number)
    inside = [one for week in weeks for one in week if one.month == number]
    wish = calendar_pb2.GetCalendarRequest(site=site, start_date=inside[0].isoformat(), end_date=inside[-1].isoformat())
    found = desk.ask(wish)
    days = {day.work_date: day for day in found.calendar_days}
    return [[_dated(one, days) for one in week] for week in weeks], found.calendar


def _dated(one: date, days: dict[str, Any]) -> Any:
    return (one, days.get(one.isoformat()))


ROUTES = (
    get("/calendar", calendar, needs=READ),
    post("/calendar/days", publish_day, needs=PUBLISH),
    post("/calendar/days/<name>/withdraw", withdraw_day, needs=PUBLISH),
    post("/calendar/notices", publish_notice, needs=HOURS),
    post("/calendar/notices/<name>/withdraw", withdraw_notice, needs=HOURS),
)
