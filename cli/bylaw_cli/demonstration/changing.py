"""Days of the demonstration company that are not as planned: floating, swapped, overtime (HRS-1, HRS-6, HRS-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bylaw.attendance.v1 import (
    hours_pb2,
    hours_pb2_grpc,
    overtime_pb2,
    overtime_pb2_grpc,
    rota_pb2,
    rota_pb2_grpc,
    swaps_pb2,
    swaps_pb2_grpc,
)
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from bylaw_cli.demonstration.absences import HR
from bylaw_cli.demonstration.asking import ZONE, Asking
from bylaw_cli.demonstration.deciding import AGENT, AGREE, DESIGNER, DIRECTOR, ENGINEER, PROMOTER, SERVICE, Said, say
from bylaw_cli.demonstration.patterns import REST_WEEKDAYS, SATURDAY, rest_days
from bylaw_cli.demonstration.planned import Plans, first_month, month_after

FLOATING, FLOATING_AHEAD = "floating", 10
STAYED, SHORT = 4, 10
"""On the how manieth planned day of the first month human resources stayed on, and the power failed for the shops."""

ASKED_AT = time(16)
HOURS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Stays:
    """Overtime that somebody asks for on a planned day, pay or time off, and what is said of it."""

    number: str
    hours: str
    reason: str
    compensation: overtime_pb2.OvertimeCompensation.ValueType = overtime_pb2.OVERTIME_COMPENSATION_PAY
    said: tuple[Said, ...] = ()


PAST = Stays(HR, "18:00-20:00", "社保基数申报截止。", said=(Said(DIRECTOR, AGREE),))
AHEAD = (
    (5, Stays(DESIGNER, "18:30-20:30", "年货节主图改版。", said=(Said(ENGINEER, AGREE),))),
    (7, Stays(PROMOTER, "19:00-21:00", "直播复盘。", overtime_pb2.OVERTIME_COMPENSATION_TIME_OFF)),
)


def stayed_on(asking: Asking, plans: Plans) -> date:
    """The day on which human resources stayed on."""
    return next(islice(plans.days(HR, first_month(asking.today)), STAYED, None))


def change(asking: Asking, plans: Plans) -> None:
    """Publishes, asks for, agrees to and consents to all of it."""
    _float(asking, plans)
    _swap(asking)
    _announce(asking, plans)
    _stay(asking, PAST, stayed_on(asking, plans), was=True)
    for days_ahead, stays in AHEAD:
        since = asking.today + timedelta(days=days_ahead)
        _stay(asking, stays, next(plans.days(stays.number, since)), was=False)


def _float(asking: Asking, plans: Plans) -> None:
    """The designer has a Saturday off (HRS-1)."""
    stub, designer = asking.stub(rota_pb2_grpc.RotaStub), asking.name(DESIGNER)
    since = asking.today + timedelta(days=FLOATING_AHEAD)
    for month in (since, month_after(since)):
        request = rota_pb2.ListRotaCellsRequest(parent=designer, month=f"{month:%Y-%m}")
        if asking.ask(stub.ListRotaCells, request).rota_cells:
            return
    day = next(day for day in plans.days(DESIGNER, since) if day.weekday() == SATURDAY)
    cell = rota_pb2.RotaCell(person=designer, work_date=day.isoformat(), code=FLOATING)
    wish = rota_pb2.PublishRotaCellsRequest(parent=asking.units["TECH"], rota_cells=[cell])
    asking.ask(stub.PublishRotaCells, wish, by=ENGINEER)


def _swap(asking: Asking) -> None:
    """The agent's day of rest for that of the head of customer service; the next head up consents (HRS-2, ORG-3)."""
    stub = asking.stub(swaps_pb2_grpc.RotaSwapsStub)
    known = asking.ask(stub.ListRotaSwaps, swaps_pb2.ListRotaSwapsRequest(), by=AGENT).rota_swaps
    swap = known[0] if known else _asked_swap(asking)
    if swap.state == swaps_pb2.ROTA_SWAP_STATE_ASKED:
        swap = asking.ask(stub.AgreeRotaSwap, swaps_pb2.AgreeRotaSwapRequest(name=swap.name), by=SERVICE)
    if swap.state == swaps_pb2.ROTA_SWAP_STATE_AGREED:
        asking.ask(stub.ConsentRotaSwap, swaps_pb2.ConsentRotaSwapRequest(name=swap.name), by=DIRECTOR)


def _asked_swap(asking: Asking) -> swaps_pb2.RotaSwap:
    month = month_after(asking.today)
    theirs, own = ({*rest_days(month, REST_WEEKDAYS[number])} for number in (SERVICE, AGENT))
    last = max(day for day in theirs if day + timedelta(days=1) in own and day.weekday() == REST_WEEKDAYS[SERVICE])
    days = [last, last + timedelta(days=1)]
    wish = swaps_pb2.RotaSwap(
        other_person=asking.name(SERVICE), work_dates=[day.isoformat() for day in days], reason="周二考驾照科目三。"
    )
    stub = asking.stub(swaps_pb2_grpc.RotaSwapsStub)
    made: swaps_pb2.RotaSwap = asking.ask(
        stub.CreateRotaSwap, swaps_pb2.CreateRotaSwapRequest(rota_swap=wish), by=AGENT
    )
    return made


def _announce(asking: Asking, plans: Plans) -> None:
    """Hours that were cut short, told afterwards, and hours that will be others, told ahead (HRS-6)."""
    stub = asking.stub(hours_pb2_grpc.HoursStub)
    known = {
        notice.subject
        for notice in asking.ask(stub.ListHoursNotices, hours_pb2.ListHoursNoticesRequest()).hours_notices
    }
    ahead = next(plans.days(PROMOTER, asking.today + timedelta(days=HOURS_AHEAD)))
    past = next(islice(plans.days("1006", first_month(asking.today)), SHORT, None))
    for notice in _notices(asking, past, ahead):
        if notice.subject not in known:
            request = hours_pb2.PublishHoursNoticeRequest(hours_notice=notice)
            asking.ask(stub.PublishHoursNotice, request, by=DIRECTOR)


def _notices(asking: Asking, past: date, ahead: date) -> Sequence[hours_pb2.HoursNotice]:
    return (
        hours_pb2.HoursNotice(
            subject=asking.units["OPS"],
            start_date=past.isoformat(),
            hours=["08:30-12:00"],
            cause=hours_pb2.HOURS_CAUSE_POWER_FAILURE,
            wording=LocalizedText(
                zh="三楼供电线路故障，运营组当日下午停工，工资照发。",
                en="The third floor had no power: operations went home at noon, with pay.",
            ),
        ),
        hours_pb2.HoursNotice(
            subject=asking.units["MARKET"],
            start_date=ahead.isoformat(),
            hours=["10:00-12:30", "14:00-19:00"],
            cause=hours_pb2.HOURS_CAUSE_BUSINESS_NEED,
            wording=LocalizedText(
                zh="晚间直播，市场组当日上班时间顺延，总时长不变。",
                en="A broadcast in the evening: marketing comes and goes later that day, for the same hours.",
            ),
        ),
    )


def _stay(asking: Asking, stays: Stays, day: date, *, was: bool) -> None:
    """Asks for overtime, on a day that was in the afternoon of that day, and says what is said of it."""
    stub = asking.stub(overtime_pb2_grpc.OvertimeStub)
    listed = overtime_pb2.ListOvertimeRequestsRequest(parent=asking.name(stays.number))
    asked = next(iter(asking.ask(stub.ListOvertimeRequests, listed).overtime_requests), None)
    if asked is None or not asked.decision:
        work_date = asked.work_date if asked else day.isoformat()
        if was:
            asked_at = datetime.combine(date.fromisoformat(work_date), ASKED_AT, tzinfo=ZONE)
            stub = asking.stub_at(overtime_pb2_grpc.OvertimeStub, asked_at)
        wish = overtime_pb2.OvertimeRequest(
            work_date=work_date, hours=stays.hours, compensation=stays.compensation, reason=stays.reason
        )
        request = overtime_pb2.CreateOvertimeRequestRequest(overtime_request=wish, request_id="demonstration-overtime")
        asked = asking.ask(stub.CreateOvertimeRequest, request, by=stays.number)
    say(asking, asked.decision, stays.said)
