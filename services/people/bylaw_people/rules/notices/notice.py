"""Notices as facts: what is said, to whom, and what is asked of those it reaches (PLN-2)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.fields import Fields
from bylaw_people.rules.organisation import Wording

LONGEST_BODY, LONGEST_ABOUT, MOST_PEOPLE = 20_000, 200, 1_000


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What a notice says, in both languages: a title in one line, and a body."""

    title: Wording
    body: Wording


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a notice is for: a unit (with all below it or not), the holders of a role or a position, or named people."""

    unit: UUID | None = None
    with_subtree: bool = False
    role: str = ""
    position: UUID | None = None
    people: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was sent.

    `about` is the resource name of what it concerns; a `standing` one also reaches who joins its unit up to
    `end_date`; who has not read it (or acknowledged it, where that is asked) by `read_by_date` is reminded once.
    Nobody is the sender of what the service itself tells. It is never edited: a correction is a notice that
    `corrects` it, and a withdrawal marks it.
    """

    id: UUID
    text: NoticeText
    sent_at: datetime
    sender: UUID | None = None
    to: Addressees = Addressees()
    about: str = ""
    corrects: UUID | None = None
    standing: bool = False
    end_date: date | None = None
    needs_acknowledgement: bool = False
    read_by_date: date | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice in somebody's feed: when they read and acknowledged it, and the notice that corrects it for them."""

    notice: Notice
    read_at: datetime | None = None
    acknowledged_at: datetime | None = None
    corrected_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """When an addressee read and acknowledged a notice, if they did."""

    person: UUID
    read_at: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """How many addressees there are, and how many of them read and acknowledged."""

    addressees: int
    read: int
    acknowledged: int


def both_languages(text: NoticeText) -> NoticeText:
    """What is said in one language stands for both."""
    return NoticeText(_both(text.title), _both(text.body))


def require_sound(notice: Notice, today: date) -> None:
    """Refuses FIELD_INVALID with each field that cannot be what it is."""
    fields = Fields()
    fields.title("notice.title", notice.text.title)
    fields.require()
    _require_body(notice.text.body)
    _require_about(notice.about)
    require_addressees(notice.to)
    _require_dates(notice, today)


def require_addressees(to: Addressees) -> None:
    """One way to name them, and no more people by name than a thousand; refuses FIELD_INVALID."""
    ways = sum(map(bool, (to.unit, to.role, to.position, to.people)))
    if ways != 1:
        raise FieldInvalid(
            field="notice.to",
            zh="请只指定一种收件人：单位、角色、岗位或人员",
            en="name one of: a unit, a role, a position, people",
        )
    if len(to.people) > MOST_PEOPLE:
        raise FieldInvalid(
            field="notice.to.people", zh=f"最多 {MOST_PEOPLE} 人", en=f"must be at most {MOST_PEOPLE} people"
        )


def _both(text: Wording) -> Wording:
    return replace(text, zh=text.zh or text.en, en=text.en or text.zh)


def _require_body(body: Wording) -> None:
    for language, said in (("zh", body.zh), ("en", body.en)):
        if not said.strip() or len(said) > LONGEST_BODY or "\0" in said:
            raise FieldInvalid(
                field=f"notice.body.{language}",
                zh=f"必填，最多 {LONGEST_BODY} 个字符，不能含空字符",
                en=f"is needed, at most {LONGEST_BODY} characters and no null character",
            )


def _require_about(about: str) -> None:
    if len(about) > LONGEST_ABOUT or not about.isprintable() or (about and "/" not in about):
        raise FieldInvalid(
            field="notice.about", zh="应为资源名，如 units/{id}", en="expected a resource name such as units/{id}"
        )


def _require_dates(notice: Notice, today: date) -> None:
    if notice.standing and not (notice.to.unit and notice.end_date):
        raise FieldInvalid(
            field="notice.standing",
            zh="长期通知须发给单位并填写截止日期",
            en="a standing notice is for a unit and states its end_date",
        )
    for field, day in (("end_date", notice.end_date), ("read_by_date", notice.read_by_date)):
        if day and day < today:
            raise FieldInvalid(field=f"notice.{field}", zh=f"不能早于今天 {today}", en=f"must not be before {today}")


def people_of(to: Addressees) -> Collection[UUID]:
    """The people named, in the order in which their rows are locked."""
    return sorted(to.people)
