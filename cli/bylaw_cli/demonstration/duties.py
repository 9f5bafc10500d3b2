"""What the people of the demonstration company have to do: overdue, due today, done, and to come each month."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bylaw.people.v1 import duties_pb2, duties_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from bylaw_cli.demonstration.asking import ZONE, Asking

DIRECTOR, CLERK = "1014", "1010"
A_MOMENT = timedelta(seconds=75)
"""A duty is given before it is due; one that is due so soon is overdue before anybody has looked around."""
CLOSING, LAST_MINUTE = time(18), time(23, 59)
DONE = "已完成三单缺货补采申请。/ Three orders for missing stock are written."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A duty whose people and time are yet to be filled in."""

    title: LocalizedText
    clause: str
    rhythm: duties_pb2.DutyRhythm.ValueType
    proof: duties_pb2.DutyProofKind.ValueType = duties_pb2.DUTY_PROOF_KIND_TEXT


PAPERS = Wanted(
    LocalizedText(zh="整理当日出入库单据", en="File the papers of the day's goods"),
    "WHS-3",
    duties_pb2.DUTY_RHYTHM_DAILY,
    duties_pb2.DUTY_PROOF_KIND_ANY,
)
"""Rounds and the closing of days are no duties that somebody gives: inventory declares them by itself."""
REVIEW = Wanted(LocalizedText(zh="检视滞销品", en="Review of slow sellers"), "GDS-3", duties_pb2.DUTY_RHYTHM_ONCE)
RESTOCK = Wanted(LocalizedText(zh="补采申请", en="Orders for missing stock"), "PLN-1", duties_pb2.DUTY_RHYTHM_ONCE)
SHEETS = Wanted(
    LocalizedText(zh="汇总上月考勤", en="Compile last month's attendance"),
    "SHT-1",
    duties_pb2.DUTY_RHYTHM_MONTHLY,
    duties_pb2.DUTY_PROOF_KIND_RECORD,
)


def give(asking: Asking) -> None:
    """The director gives the duties, and one of them is done."""
    stub = asking.stub(duties_pb2_grpc.DutiesStub)
    listed = asking.ask(stub.ListDuties, duties_pb2.ListDutiesRequest(page_size=1000)).duties
    known = {duty.title.zh for duty in listed}
    now = asking.now()
    soon, closing = now + A_MOMENT, _still_to_come(now)
    wishes = (
        _duty(PAPERS, closing, ("position", asking.positions["KEEPER"])),
        _duty(REVIEW, soon, ("head_of", asking.units["OPS"])),
        _duty(RESTOCK, closing, ("person", asking.name(CLERK))),
        _duty(SHEETS, closing, ("position", asking.positions["HR"]), month_day=3),
    )
    for duty in wishes:
        if duty.title.zh not in known:
            asking.ask(stub.CreateDuty, duties_pb2.CreateDutyRequest(duty=duty), by=DIRECTOR)
    _do(asking, stub)


def _duty(wanted: Wanted, due: datetime, whose: tuple[str, str], *, month_day: int = 0) -> duties_pb2.Duty:
    once = wanted.rhythm == duties_pb2.DUTY_RHYTHM_ONCE
    schedule = duties_pb2.DutySchedule(
        rhythm=wanted.rhythm,
        date=due.date().isoformat() if once else "",
        month_day=month_day,
        time=f"{due:%H:%M}",
        on_rest_days=duties_pb2.ON_REST_DAYS_AFTER if month_day else duties_pb2.ON_REST_DAYS_KEEP,
    )
    duty = duties_pb2.Duty(title=wanted.title, clause=wanted.clause, schedule=schedule, proof=wanted.proof)
    setattr(duty, *whose)
    return duty


def _still_to_come(now: datetime) -> datetime:
    """Closing time today, the last minute of the day where that is past, or closing time tomorrow."""
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    moments = ((today, CLOSING), (today, LAST_MINUTE), (tomorrow, CLOSING))
    dues = (datetime.combine(day, at, tzinfo=ZONE) for day, at in moments)
    return next(due for due in dues if now + A_MOMENT < due)


def _do(asking: Asking, stub: Any) -> None:
    """The order assistant has done theirs; done already, that is what is answered."""
    mine = duties_pb2.ListDutyOccurrencesRequest(mine=True)
    for due in asking.ask(stub.ListDutyOccurrences, mine, by=CLERK).duty_occurrences:
        if due.title.zh == RESTOCK.title.zh:
            request = duties_pb2.CompleteDutyOccurrenceRequest(name=due.name, proof=duties_pb2.DutyProof(text=DONE))
            asking.ask(stub.CompleteDutyOccurrence, request, by=CLERK)
