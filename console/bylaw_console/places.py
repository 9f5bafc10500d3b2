"""Which page of ours shows a resource that a notice or a decision names."""

import re

from bylaw_console.desk import Desk, path_of

PLACES = (
    (re.compile(r"decisions/([^/]+)"), "/inbox/{0}", "people.decisions.read"),
    (re.compile(r"leaveRequests/([^/]+)"), "/requests/leave/{0}", "attendance.leave.read"),
    (re.compile(r"overtimeRequests/[^/]+"), "/requests?kind=overtime", "attendance.overtime.read"),
    (re.compile(r"punchCorrections/[^/]+"), "/requests?kind=correction", "attendance.corrections.read"),
    (re.compile(r"rotaSwaps/[^/]+"), "/inbox", "attendance.swaps.read"),
    (re.compile(r"objections/([^/]+)"), "/objections/{0}", "attendance.objections.read"),
    (re.compile(r"dutyOccurrences/[^/]+"), "/duties", "people.duties.read"),
    (re.compile(r"orders/([^/]+)"), "/orders/{0}", "orders.orders.read"),
    (re.compile(r"tickets/([^/]+)"), "/tickets/{0}", "orders.tickets.read"),
)
"""Patterns of resource names, the page of each, and the permission without which it shows nothing."""

SHEET = re.compile(r"(people/[^/]+)/sheets/(\d{4}-\d\d)")
OF_HEADS = {
    "punchCorrections": ("attendance.corrections.decide", "/team/waiting"),
    "overtimeRequests": ("attendance.overtime.confirm", "/team/waiting"),
    "signInPhotos": ("attendance.photos.decide", "/team/waiting"),
}
"""Where heads find what others asked for."""


def place_of(name: str, desk: Desk) -> str:
    """The address; empty where there is no page of it, or none for whoever is signed in."""
    sheet = SHEET.fullmatch(name)
    if sheet:
        is_mine = sheet[1] == desk.me.person
        return path_of("month", sheet[2]) if is_mine else path_of("people", sheet[1], "month", sheet[2])
    permission, address = OF_HEADS.get(name.partition("/")[0], ("", ""))
    if permission and desk.may(permission):
        return address
    found = ((pattern.fullmatch(name), path) for pattern, path, needs in PLACES if desk.may(needs))
    return next((path.format(*match.groups()) for match, path in found if match), "")
