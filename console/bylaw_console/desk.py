"""What a page works with: the calls that may be made for whoever is signed in, the words, and the ways to answer."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from bylaw.people.v1 import staff_pb2
from bylaw_chassis.clock import Clock
from bylaw_gateway.headers import Caller
from bylaw_gateway.health import Readiness
from bylaw_gateway.problems import Problem
from flask import Request, Response, flash, make_response, redirect, render_template, session
from werkzeug.datastructures import FileStorage, MultiDict

from bylaw_console import when
from bylaw_console.assets import Assets
from bylaw_console.calls import Calls, Outdated, Refusal
from bylaw_console.members import NOWHERE, Member, Members
from bylaw_console.navigation import items_of, workplace_of, workplaces_of
from bylaw_console.words import Words

SEE_OTHER, UNPROCESSABLE = 303, 422
OUTDATED = ("UNAUTHENTICATED", "TOKEN_ENDED")
PAGE_ROWS, MOST_ROWS = 50, 200
MOST_NAMES = 1000
LONGEST_CHOICE = 5
IN_BAR = 5
"""How many entries of the navigation stand in the bar of a phone; the others are behind one more."""
LANGUAGE, THEME, WORKPLACE = "language", "theme", "workplace"


@dataclass(frozen=True, slots=True)
class Tools:
    """What all desks of a process share."""

    calls: Calls
    words: Words
    assets: Assets
    members: Members
    clock: Clock
    readiness: Readiness | None = None


@dataclass(slots=True)
class Desk:
    """One request of one browser; `visitor` is the caller without a token, as the gateway reads them."""

    tools: Tools
    request: Request
    visitor: Caller
    language: str
    member: Member | None = None

    # -- what was sent -----------------------------------------------------------------------------------------------

    @property
    def args(self) -> MultiDict[str, str]:
        """What the address says behind its question mark."""
        return self.request.args

    @property
    def form(self) -> MultiDict[str, str]:
        """What a form sent."""
        return self.request.form

    def field(self, name: str) -> str:
        """One field of a form without blanks around it; empty if it was not sent."""
        return self.request.form.get(name, "").strip()

    def chosen(self, name: str) -> Any:
        """The value of an enumeration that a form sent by number; 0 for what is none, which the call then refuses."""
        text = self.field(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_CHOICE else 0

    def file(self, name: str) -> FileStorage | None:
        """A file that a form sent; None if none was chosen."""
        sent = self.request.files.get(name)
        return sent if sent is not None and sent.filename else None

    @property
    def request_id(self) -> str:
        """The key by which a form that is sent twice is one wish."""
        return self.field("request_id") or str(uuid.uuid4())

    @property
    def rows(self) -> int:
        """How many rows of a list are wanted: 50, or 200 on request."""
        return MOST_ROWS if self.args.get("rows") == str(MOST_ROWS) else PAGE_ROWS

    # -- calls ---------------------------------------------------------------------------------------------------------

    @property
    def me(self) -> Member:
        """Who is signed in; only pages that are not public may ask."""
        assert self.member is not None  # noqa: S101 - who serves pages has seen to it
        return self.member

    def may(self, *permissions: str) -> bool:
        """Whether who is signed in holds one of these somewhere."""
        return self.member is not None and self.member.may(*permissions)

    def has(self, message: Any) -> bool:
        """Whether the service that takes this message is installed here."""
        return self.tools.calls.known(message)

    def ask(self, message: Any, token: str | None = None) -> Any:
        """Make the call that takes this message, as who is signed in; raises `Refusal`.

        Where their token counts no more it raises `Outdated`: no page catches it, who serves pages does.
        """
        is_mine = token is None and self.member is not None
        if token is None:
            token = self.member.access_token if self.member else ""
        metadata = [pair for pair in self.visitor.metadata if pair[0] != "accept-language"]
        metadata.append(("accept-language", self.language))
        if token:
            metadata.append(("authorization", f"Bearer {token}"))
        caller = self.visitor._replace(metadata=metadata, language=self.language)
        try:
            return self.tools.calls.make(message, caller)
        except Refusal as refusal:
            if is_mine and refusal.problem.reason in OUTDATED:
                raise Outdated from None
            raise

    def ask_or(self, otherwise: Any, message: Any, *reasons: str) -> Any:
        """The same, and something else where it is refused for one of these reasons, or for want of a right."""
        try:
            return self.ask(message)
        except Refusal as refusal:
            if refusal.problem.reason not in {"PERMISSION_MISSING", *reasons}:
                raise
            return otherwise

    def who(self, *names: str) -> dict[str, str]:
        """What people are called, `people/{person}`: those whom who is signed in may see, themselves with them."""
        wished = sorted({name for name in names if name.startswith("people/")} - {self.me.person})[:MOST_NAMES]
        found = {self.me.person: self.me.display_name}
        if wished and self.may("people.staff.read"):
            wish = staff_pb2.ListPeopleRequest(names=wished, page_size=MOST_NAMES)
            people = self.ask_or(staff_pb2.ListPeopleResponse(), wish).people
            found |= {person.name: person.display_name for person in people}
        return found

    # -- words ---------------------------------------------------------------------------------------------------------

    def t(self, key: str, **values: Any) -> str:
        """A sentence of the console in the language of this page."""
        return self.tools.words.say(key, self.language, **values)

    def text(self, both: Any) -> str:
        """A LocalizedText in the language of this page, the other where it is not there."""
        zh, en = both.zh, both.en
        text: str = (zh or en) if self.language == "zh" else (en or zh)
        return text

    def named(self, message: Any, field: str) -> str:
        """The word for the value of an enumeration's field."""
        kind = message.DESCRIPTOR.fields_by_name[field].enum_type
        return self.t(f"{kind.name}.{kind.values_by_number[getattr(message, field)].name}")

    @property
    def zone(self) -> str:
        """The zone of the site of who is signed in."""
        return self.member.zone if self.member else NOWHERE

    def local_now(self) -> datetime:
        """What the clocks say there now."""
        return self.tools.clock().astimezone(ZoneInfo(self.zone))

    def instant(self, stamp: Any) -> str:
        """A Timestamp there, to the minute; empty where none was set."""
        return when.instant(stamp, self.zone, self.language)

    def day(self, text: str) -> str:
        """A day, `YYYY-MM-DD`, with its weekday."""
        return when.day(text, self.language)

    def full_day(self, text: str) -> str:
        """A day with its year."""
        return when.full_day(text, self.language)

    def month(self, text: str) -> str:
        """A month, `YYYY-MM`."""
        return when.month(text, self.language)

    def minutes(self, count: int) -> str:
        """How long, in hours and minutes."""
        return when.minutes(count, self.language)

    # -- answers -------------------------------------------------------------------------------------------------------

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page; its template sees the desk and everything given."""
        page = render_template(template, **{"desk": self, "t": self.t, **self._frame(), **values})
        return make_response(page, status)

    def render_again(self, template: str, refusal: Refusal, **values: Any) -> Response:
        """The page of a form whose deed was refused: what was typed stays, what is wrong stands above and beside."""
        return self.render(template, max(UNPROCESSABLE, refusal.problem.status), problem=refusal.problem, **values)

    def show(self, template: str, refusal: Refusal | None, **values: Any) -> Response:
        """A page with forms: as it is, or again where the deed of one was refused."""
        return self.render_again(template, refusal, **values) if refusal else self.render(template, **values)

    def go(self, path: str, said: str = "", **values: Any) -> Response:
        """Go on to another page, which says what was done; values fill the sentence."""
        if said:
            flash(self.t(said, **values), "done")
        return make_response(redirect(path, SEE_OTHER))

    def refused(self, problem: Problem) -> Response:
        """The page of a refusal that no form caused."""
        return self.render("refused.html", problem.status, problem=problem)

    def here(self, **changed: Any) -> str:
        """The address of this page with some of its parameters changed; None takes one away."""
        given = {**self.request.args.to_dict(), **changed}
        query = urlencode({name: value for name, value in given.items() if value not in {None, ""}})
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def way_back(self) -> str:
        """Where to come back to from elsewhere: this page, or of a deed's answer the page that its form was on."""
        return self.here() if self.request.method == "GET" else came_from(self.request)

    def _frame(self) -> Mapping[str, Any]:
        values: dict[str, Any] = {
            "asset": self.tools.assets.address,
            "problem": None,
            "in_bar": IN_BAR,
            "theme": session.get(THEME, "light"),
            "new_key": lambda: str(uuid.uuid4()),
        }
        if self.member:
            workplace = workplace_of(self.member, session.get(WORKPLACE, ""))
            values["workplace"] = workplace
            values["workplaces"] = workplaces_of(self.member)
            values["items"] = list(items_of(self.member, workplace))
        return values


def came_from(request: Request) -> str:
    """The page of ours that a request came from; the first one where it is not known."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.host:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def path_of(*parts: str) -> str:
    """An address of our own from its parts; `people/…` and the like keep their last part alone."""
    return "/" + "/".join(quote(part.rpartition("/")[2], safe="") for part in parts)
