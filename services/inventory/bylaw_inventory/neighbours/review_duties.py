"""People's duties engine: that whoever keeps a channel reviews what it offers (GDS-3)."""

from datetime import date

import grpc
from bylaw.people.v1 import duties_pb2, duties_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.listing.channel import UNITS, SalesChannel
from bylaw_inventory.rules.reviewing.review import review_duty

WEEK_MINUTES = 10_080
REVIEW_TIME = "18:00"


class PeopleReviewDuties:
    """Declares them; see `ReviewDutyDesk`."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = duties_pb2_grpc.DutiesStub(people)

    def declare(self, kept: SalesChannel, due: date) -> None:
        """See `ReviewDutyDesk`."""
        duty = duties_pb2.Duty(
            clause="GDS-3",
            title=LocalizedText(zh=f"评审渠道在架商品：{kept.channel}", en=f"Review what {kept.channel} offers"),
            instructions=LocalizedText(
                zh="打开一次评审，对每个商品给出结论：淘汰滞销，推出新品。评审完成后自动记为完成。",
                en="Open a review and record the outcome of each item: slow sellers off, new ones on. It is done by the"
                " review itself.",
            ),
            head_of=resource_name(UNITS, kept.unit),
            schedule=duties_pb2.DutySchedule(
                rhythm=duties_pb2.DUTY_RHYTHM_ONCE, date=due.isoformat(), time=REVIEW_TIME
            ),
            remind_minutes=WEEK_MINUTES,
        )
        request = duties_pb2.DeclareDutyRequest(key=review_duty(kept.channel, due), duty=duty)
        self._neighbours.ask(self._stub.DeclareDuty, request)
