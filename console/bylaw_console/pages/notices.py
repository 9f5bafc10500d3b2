"""Notices that reached me: read, acknowledged, and where what they are about is shown (PLN-2)."""

import re

from bylaw.people.v1 import notices_pb2
from flask import Response

from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

FILTERS = {
    "unread": notices_pb2.NOTICE_FILTER_UNREAD,
    "unacknowledged": notices_pb2.NOTICE_FILTER_UNACKNOWLEDGED,
    "all": notices_pb2.NOTICE_FILTER_UNSPECIFIED,
    "sent": notices_pb2.NOTICE_FILTER_SENT,
}
PLACES = (
    (re.compile(r"decisions/([^/]+)"), "/inbox/{0}"),
    (re.compile(r"leaveRequests/([^/]+)"), "/requests/leave/{0}"),
    (re.compile(r"overtimeRequests/[^/]+"), "/requests?kind=overtime"),
    (re.compile(r"punchCorrections/[^/]+"), "/requests?kind=correction"),
    (re.compile(r"rotaSwaps/[^/]+"), "/inbox"),
    (re.compile(r"objections/[^/]+"), "/requests?kind=objection"),
    (re.compile(r"dutyOccurrences/[^/]+"), "/duties"),
    (re.compile(r"notices/([^/]+)"), "/notices/{0}"),
)
SHEET = re.compile(r"(people/[^/]+)/sheets/(\d{4}-\d\d)")


def notices(desk: Desk) -> Response:
    """A list, the newest first; unread ones before others where all are shown."""
    show = desk.args.get("show", "unread")
    show = show if show in FILTERS else "unread"
    filters = [name for name in FILTERS if name != "sent" or desk.may("people.notices.send")]
    found = desk.ask(
        notices_pb2.ListNoticesRequest(filter=FILTERS[show], page_size=desk.rows, page_token=desk.args.get("page", ""))
    )
    return desk.render(
        "notices.html",
        notices=found.notices,
        unread=found.unread_count,
        following=found.next_page_token,
        show=show,
        filters=filters,
        who=desk.who(*(one.sender for one in found.notices)),
    )


def read_several(desk: Desk) -> Response:
    """Mark the chosen ones as read."""
    chosen = desk.form.getlist("seen")[: desk.rows]
    for name in chosen:
        desk.ask_or(None, notices_pb2.MarkNoticeReadRequest(name=name), "NOTICE_NOT_FOUND")
    return desk.go(desk.here(), said="notices.read_some", count=len(chosen))


def notice(desk: Desk, name: str) -> Response:
    """One notice."""
    found = desk.ask(notices_pb2.GetNoticeRequest(name=f"notices/{name}"))
    return desk.render("notice.html", notice=found, about=place_of(found.about, desk), who=desk.who(found.sender))


def answer_notice(desk: Desk, name: str) -> Response:
    """Record that I read it, or acknowledge it."""
    wished = f"notices/{name}"
    if desk.field("deed") == "acknowledge":
        desk.ask(notices_pb2.AcknowledgeNoticeRequest(name=wished, request_id=desk.request_id))
        return desk.go(path_of("notices", name), said="notices.acknowledged")
    desk.ask(notices_pb2.MarkNoticeReadRequest(name=wished, request_id=desk.request_id))
    return desk.go("/notices", said="notices.was_read")


def place_of(about: str, desk: Desk) -> str:
    """The page of ours that shows what a notice is about; empty where there is none for whoever is signed in."""
    sheet = SHEET.fullmatch(about)
    if sheet:
        is_mine = sheet[1] == desk.me.person
        return path_of("month", sheet[2]) if is_mine else path_of("people", sheet[1], "month", sheet[2])
    found = ((pattern.fullmatch(about), address) for pattern, address in PLACES)
    return next((address.format(*match.groups()) for match, address in found if match), "")


ROUTES = (
    get("/notices", notices),
    post("/notices", read_several),
    get("/notices/<name>", notice),
    post("/notices/<name>", answer_notice),
)
