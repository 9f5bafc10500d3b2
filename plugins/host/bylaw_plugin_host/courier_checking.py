"""What an adapter's report must be before anybody believes it: bounded, dated, of one waybill; no rule of tracking."""

import re
from collections.abc import Iterator

from bylaw_hooks.couriers import TrackEvent, TrackReport

from bylaw_plugin_host.courier_questions import Reports
from bylaw_plugin_host.outcomes import ANSWER_INVALID, Failure

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,39}")
MOST_REPORTS, MOST_EVENTS, LONGEST_TEXT, LONGEST_WORD = 500, 1000, 2000, 200
FIRST_YEAR = 2000


def faults_of_reports(reports: Reports) -> Iterator[Failure]:
    """What is wrong with them, the first of it; never a word of what was reported."""
    if len(reports) > MOST_REPORTS:
        yield _failure(f"more than {MOST_REPORTS} parcels")
    for report in reports:
        yield from map(_failure, _faults_of(report))


def _faults_of(report: TrackReport) -> Iterator[str]:
    if not NUMBER.fullmatch(report.waybill):
        yield "a waybill that is none"
    if len(report.events) > MOST_EVENTS:
        yield f"more than {MOST_EVENTS} events"
    if len(report.courier) > LONGEST_WORD:
        yield "a courier's code that is too long"
    for event in report.events:
        yield from _faults_of_event(event)


def _faults_of_event(event: TrackEvent) -> Iterator[str]:
    if event.at.utcoffset() is None or event.at.year < FIRST_YEAR:
        yield "an event at no instant"
    if len(event.text) > LONGEST_TEXT or max(len(event.place), len(event.code)) > LONGEST_WORD:
        yield "an event that is too long"
    if "\x00" in event.text + event.place + event.code:
        yield "an event that cannot be written down"


def _failure(detail: str) -> Failure:
    return Failure(ANSWER_INVALID, detail=detail)
