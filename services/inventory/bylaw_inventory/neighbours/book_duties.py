"""People's duties engine: that keepers close their days and hand their months over (WHS-4, WHS-5)."""

from datetime import date
from uuid import UUID

import grpc
from bylaw.people.v1 import duties_pb2, duties_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.books.duty import day_duty, month_duty
from bylaw_inventory.rules.goods.place import Warehouse

HOUR_MINUTES, TWO_DAYS_MINUTES = 60, 2_880
LAST_DAY, REPORT_TIME = -1, "18:00"
NOTHING_TO_CLOSE = frozenset({"DUTY_OCCURRENCE_NOT_FOUND", "DUTY_OCCURRENCE_CLOSED"})
"""It was not due yet when the duty was declared, or the head was excused from it."""


class PeopleBookDuties:
    """See `BookDutyDesk`. `close_by`: until which time of the next day a day is to be closed, `HH:MM`."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours, close_by: str) -> None:
        self._neighbours = neighbours
        self._stub = duties_pb2_grpc.DutiesStub(people)
        self._close_by = close_by

    def declare(self, warehouse: Warehouse) -> None:
        """See `BookDutyDesk`."""
        for key, duty in (
            (day_duty(warehouse.identifier), self._day(warehouse)),
            (month_duty(warehouse.identifier), self._month(warehouse)),
        ):
            duty.head_of = resource_name("units", warehouse.unit)
            duty.schedule.site = resource_name("sites", warehouse.site)
            self._neighbours.ask(self._stub.DeclareDuty, duties_pb2.DeclareDutyRequest(key=key, duty=duty))

    def done(self, duty: str, due: date, *, record: str, by: UUID | None) -> None:
        """See `BookDutyDesk`."""
        proof, who = duties_pb2.DutyProof(record=record), resource_name("people", by)
        request = duties_pb2.CloseDutyOccurrenceRequest(key=duty, due_date=due.isoformat(), proof=proof, done_by=who)
        try:
            self._neighbours.ask(self._stub.CloseDutyOccurrence, request)
        except Refusal as refusal:
            if refusal.reason not in NOTHING_TO_CLOSE:
                raise

    def _day(self, warehouse: Warehouse) -> duties_pb2.Duty:
        zh, en = warehouse.title
        return duties_pb2.Duty(
            clause="WHS-4",
            title=LocalizedText(zh=f"日结前一日库存账：{zh}", en=f"Close yesterday's books: {en}"),
            instructions=LocalizedText(
                zh="核对账、卡、物，抽点后日结前一日；不符的查明更正或写明原因。日结后自动记为完成。",
                en="Compare ledger, cards and goods, and close the day before; what does not agree is put right or"
                " explained. It is done by the close itself.",
            ),
            schedule=duties_pb2.DutySchedule(rhythm=duties_pb2.DUTY_RHYTHM_DAILY, time=self._close_by),
            remind_minutes=HOUR_MINUTES,
        )

    def _month(self, warehouse: Warehouse) -> duties_pb2.Duty:
        zh, en = warehouse.title
        monthly = duties_pb2.DUTY_RHYTHM_MONTHLY
        return duties_pb2.Duty(
            clause="WHS-5",
            title=LocalizedText(zh=f"上报本月进销存报表：{zh}", en=f"Hand this month's stock report over: {en}"),
            instructions=LocalizedText(
                zh="月底前编制并上报运营总监和店长；上报后自动记为完成。",
                en="Hand it to the operations director and the shop manager before the month ends; it is done by the"
                " hand-over itself.",
            ),
            schedule=duties_pb2.DutySchedule(rhythm=monthly, month_day=LAST_DAY, time=REPORT_TIME),
            remind_minutes=TWO_DAYS_MINUTES,
        )
