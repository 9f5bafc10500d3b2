"""People's duties engine: that the stock is counted at each quarter's end (WHS-6)."""

from collections.abc import Callable
from datetime import date

import grpc
from bylaw.people.v1 import duties_pb2, duties_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.stocktake.duty import QUARTER_MONTHS, first_due_month, stocktake_duty

WEEK_MINUTES = 10_080
LAST_DAY, COUNT_TIME = -1, "18:00"


class PeopleStocktakeDuties:
    """Declares them; see `DutyDeclaring`. `today` is the date by which quarters are reckoned."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours, today: Callable[[], date]) -> None:
        self._neighbours, self._today = neighbours, today
        self._stub = duties_pb2_grpc.DutiesStub(people)

    def declare(self, warehouse: Warehouse) -> None:
        """See `DutyDeclaring`."""
        zh, en = warehouse.title
        begins = first_due_month(self._today())
        duty = duties_pb2.Duty(
            clause="WHS-6",
            title=LocalizedText(zh=f"季末会同财务盘点：{zh}", en=f"Count the stock at the quarter's end: {en}"),
            instructions=LocalizedText(
                zh="与财务会同盘点全部货位，逐项查因，经批准后调整；盘点完成后自动记为完成。",
                en="Count all places together with finance, explain what differs, and have it approved; it is done by"
                " the stocktake itself.",
            ),
            head_of=resource_name("units", warehouse.unit),
            schedule=duties_pb2.DutySchedule(
                rhythm=duties_pb2.DUTY_RHYTHM_MONTHLY,
                interval=QUARTER_MONTHS,
                month_day=LAST_DAY,
                time=COUNT_TIME,
                site=resource_name("sites", warehouse.site),
            ),
            remind_minutes=WEEK_MINUTES,
            effective_date=begins.isoformat() if begins else "",
        )
        request = duties_pb2.DeclareDutyRequest(key=stocktake_duty(warehouse.identifier), duty=duty)
        self._neighbours.ask(self._stub.DeclareDuty, request)
