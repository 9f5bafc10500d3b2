"""An explained day in sentences, in both languages; each shows times of other dates with their date."""

from collections.abc import Iterator
from datetime import date, datetime

from bylaw_hooks import Kind

from bylaw_attendance.explaining import wording as words
from bylaw_attendance.rules.explaining.explaining import (
    ExplainedCard,
    ExplainedDay,
    ExplainedHalf,
    SiteClock,
    needs_leave,
)
from bylaw_attendance.rules.explaining.explaining_punches import ExplainedPunch
from bylaw_attendance.rules.explaining.explaining_source import Source
from bylaw_attendance.rules.judging.judged_half import JudgedHalf
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.rota.floating_day import FLOATING_OFF
from bylaw_attendance.rules.sheets.shown_sheet import ShownKind, local_text
from bylaw_attendance.wording import Sentence

NOTHING = Sentence("", "")


def said(template: Sentence, **values: object) -> Sentence:
    """A sentence filled in; a value that is a sentence is filled in by language."""
    return Sentence(
        template.zh.format(
            **{name: value.zh if isinstance(value, Sentence) else value for name, value in values.items()}
        ),
        template.en.format(
            **{name: value.en if isinstance(value, Sentence) else value for name, value in values.items()}
        ),
    )


def _together(parts: Iterator[Sentence]) -> Sentence:
    """Sentences behind each other."""
    found = list(parts)
    return Sentence("".join(part.zh for part in found), " ".join(part.en for part in found))


def planned(day: ExplainedDay) -> Sentence:
    """By what the day was planned."""
    if day.source is None:
        return words.UNASSIGNED if day.shown.kind is ShownKind.UNASSIGNED else words.NOT_EMPLOYED
    return _together(_planned(day, day.source))


def _planned(day: ExplainedDay, source: Source) -> Iterator[Sentence]:
    unit = source.unit
    title = Sentence(unit.title_zh or unit.code, unit.title_en or unit.code) if unit else NOTHING
    yield said(words.LEVELS[source.level], pattern=_pattern(source), days=_days(source), unit=title)
    if day.facts and day.facts.cell:
        yield said(words.CELL, cell=day.facts.cell)
    if day.gone:
        yield words.GONE


def _pattern(source: Source) -> Sentence:
    identity, offered = source.followed.pattern, source.offered
    if offered is None:
        return Sentence(identity, identity)
    return Sentence(f"{offered.title_zh}（{identity}）", f"{offered.title_en} ({identity})")


def _days(source: Source) -> Sentence:
    made = source.assignment
    if made is None:
        return NOTHING
    return said(words.BETWEEN if made.last_day else words.SINCE, first=made.first_day, last=made.last_day)


def reason(day: ExplainedDay) -> Sentence:
    """Why the day is worked or not."""
    return _together(_reason(day))


def _reason(day: ExplainedDay) -> Iterator[Sentence]:
    reasons = words.COMPANY_REASONS if day.shown.company_day else words.REASONS
    template = reasons.get((day.shown.kind, day.calendar_kind)) if day.facts else None
    if day.shown.hours_notice:
        template = words.HOURS if day.halves else words.HOURS_OFF
    elif day.facts and day.facts.hours == FLOATING_OFF and day.shown.clause == FLOATING_OFF.clause:
        template = words.FLOATING
    if template:
        yield said(template, clause=day.shown.clause)
    yield from map(_leave, day.shown.leave)
    if day.provisional:
        yield words.PROVISIONAL


def _leave(one: ExcusedDay) -> Sentence:
    """What a request excuses of the day."""
    template = words.OUTSIDE if one.counts_as_worked else words.EXCUSED
    part, hours = words.PARTS[one.day.part], one.day.hours or (0, 0)
    times = dict(zip(("start", "end"), (f"{minute // 60:02}:{minute % 60:02}" for minute in hours), strict=True))
    zh, en = one.title
    return Sentence(
        template.zh.format(title=zh, part=part.zh.format(**times), clause=one.clause),
        template.en.format(title=en, part=part.en.format(**times), clause=one.clause),
    )


def window(day: ExplainedDay, half: ExplainedHalf) -> Sentence:
    """In which time a punch counts for a half."""
    segment = half.segment
    if segment is None:
        return NOTHING
    opens, middle, closes = (at(day, second) for second in (segment.opens, segment.middle, segment.closes))
    sentences = [said(words.WINDOW, opens=opens, closes=closes)]
    if segment.opens < segment.middle < segment.closes:
        sentences.append(said(words.MIDDLE, middle=middle))
    return _together(iter(sentences))


def verdict(half: ExplainedHalf) -> Sentence:
    """What a half comes to."""
    shown = half.shown
    sentences = [said(words.COMES_TO, finding=words.FINDINGS[shown.verdict], clause=shown.clause)]
    if shown.verdict is not Kind.ON_TIME and shown.verdict is max(card.kind for card in shown.cards):
        sentences.append(words.GRAVEST)
    return _together(iter(sentences))


def limits(day: ExplainedDay, half: ExplainedHalf, card: ExplainedCard) -> Sentence:
    """Up to when a card is on time, late or early; nothing where the pattern is gone."""
    if card.limits is None:
        return words.OWN_RULE if half.segment else NOTHING
    on_time, tier, minutes = card.limits
    template = words.LIMITS[card.shown.side, bool(minutes)]
    return said(template, on_time=at(day, on_time), tier=at(day, tier), minutes=minutes)


def remedy(day: ExplainedDay, half: ExplainedHalf, card: ExplainedCard) -> Sentence:
    """What would have been right at a card, or still can be; nothing where it is."""
    side, kind, segment = card.shown.side, card.shown.kind, half.segment
    if card.limits is None or segment is None or kind in (Kind.ON_TIME, Kind.UNASKED):
        return NOTHING
    on_time, tier = at(day, card.limits.on_time), at(day, card.limits.tier)
    if kind is Kind.PENDING or not card.shown.punch:
        template = words.AWAITED if kind is Kind.PENDING else words.MISSED
        return said(template[side], opens=at(day, segment.opens), on_time=on_time, closes=at(day, segment.closes))
    sentences = [said(words.IN_TIME[side], on_time=on_time)]
    if needs_leave(card.shown) and card.limits.minutes:
        sentences.append(said(words.SHORT[side], tier=tier))
    return _together(iter(sentences))


def fate(day: ExplainedDay, punch: ExplainedPunch) -> Sentence:
    """What became of a punch."""
    return said(
        words.OUTCOMES[punch.outcome],
        half=_half(day, punch.half) if punch.half else NOTHING,
        card=words.CARDS[punch.side] if punch.side else NOTHING,
        minutes=day.repeat_minutes,
        repeated=at(day, punch.repeated) if punch.repeated is not None else "",
    )


def _half(day: ExplainedDay, half: JudgedHalf) -> Sentence:
    start, end = (local_text(60 * minute, day.time_zone)[11:16] for minute in (half.found.start, half.found.end))
    template = words.HALF if half.found.work_date == day.shown.work_date else words.HALF_OF
    return said(template, start=start, end=end, date=half.found.work_date)


def progress(day: ExplainedDay) -> Sentence:
    """What is still open, and what is waited for."""
    count = pending(day)
    if not count:
        return words.SETTLED
    opened, waited = said(words.OPEN, count=count), _waited(day)
    english = (opened.en + waited.en).replace("1 open card points", "1 open card point") if count == 1 else ""
    return Sentence(opened.zh + waited.zh, english or opened.en + waited.en)


def _waited(day: ExplainedDay) -> Sentence:
    waiting = [half for half in day.halves if Kind.PENDING in (card.shown.kind for card in half.cards)]
    settles = max((60 * half.segment.settles for half in waiting if half.segment), default=0)
    clocks = [clock for clock in day.progress.clocks if clock.in_use]
    late = [one for one in clocks if one.reported_until is None or epoch_of(one.reported_until) < settles]
    if not day.progress.clocks:
        return words.NO_CLOCK
    if not late:
        return said(words.NOT_YET, settles=at(day, settles))
    named = [_clock(day, clock) for clock in late]
    together = Sentence("、".join(one.zh for one in named), ", ".join(one.en for one in named))
    return said(words.WAITING, settles=at(day, settles), clocks=together)


def _clock(day: ExplainedDay, clock: SiteClock) -> Sentence:
    until = clock.reported_until
    template = words.REPORTED if until else words.SILENT
    return said(template, device=clock.device, until=instant_at(day, until))


def pending(day: ExplainedDay) -> int:
    """How many of its cards are open."""
    return sum(card.shown.kind is Kind.PENDING for card in day.cards())


def consequence(day: ExplainedDay) -> Sentence:
    """What follows at the hand-over where leave is required; nothing where none is."""
    without, template = day.progress.without_leave, words.CONSEQUENCES
    known = template.get((without, day.progress.handed_over)) if day.needs_leave else None
    return said(known, date=day.progress.hand_over) if known else NOTHING


def at(day: ExplainedDay, second: int) -> str:
    """A second on the wall, a whole minute without its seconds; with its date where that is not the day."""
    return _without(day.shown.work_date, local_text(second, day.time_zone))


def _without(work_date: date, local: str) -> str:
    shown = local[11:] if local[:10] == work_date.isoformat() else local[5:]
    return shown.removesuffix(":00") if shown.count(":") > 1 else shown


def instant_at(day: ExplainedDay, instant: datetime | None) -> str:
    """An instant likewise; nothing for nothing."""
    return at(day, epoch_of(instant)) if instant else ""
