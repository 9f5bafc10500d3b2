"""Notices that reached me: read, acknowledged, and where what they are about is shown (PLN-2)."""

from bylaw.people.v1 import notices_pb2
from flask import Response

from bylaw_console.desk import Desk, path_of
from bylaw_console.places import place_of
from bylaw_console.routes import get, post

FILTERS = {
    "unread": notices_pb2.NOTICE_FILTER_UNREAD,
    "unacknowledged": notices_pb2.NOTICE_FILTER_UNACKNOWLEDGED,
    "all": notices_pb2.NOTICE_FILTER_UNSPECIFIED,
    "sent": notices_pb2.NOTICE_FILTER_SENT,
}


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


ROUTES = (
    get("/notices", notices),
    post("/notices", read_several),
    get("/notices/<name>", notice),
    post("/notices/<name>", answer_notice),
)
