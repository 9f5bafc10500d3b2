"""People's duties engine: that keepers make their rounds on arriving and on leaving (WHS-11)."""

from collections.abc import Mapping

import grpc
from bylaw.people.v1 import duties_pb2, duties_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.rounds.house_round import SIDE_WORDS, RoundSide, round_duty

REMIND_MINUTES = 30


class PeopleRoundDuties:
    """Declares them; see `DutyDeclaring`. `due`: by which time a round is to be handed in, `HH:MM` at the site."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours, due: Mapping[RoundSide, str]) -> None:
        self._neighbours, self._due = neighbours, due
        self._stub = duties_pb2_grpc.DutiesStub(people)

    def declare(self, warehouse: Warehouse) -> None:
        """See `DutyDeclaring`."""
        for side, time in self._due.items():
            request = duties_pb2.DeclareDutyRequest(
                key=round_duty(warehouse.identifier, side), duty=_duty(warehouse, side, time)
            )
            self._neighbours.ask(self._stub.DeclareDuty, request)


def _duty(warehouse: Warehouse, side: RoundSide, time: str) -> duties_pb2.Duty:
    zh, en = warehouse.title
    side_zh, side_en = SIDE_WORDS[side]
    return duties_pb2.Duty(
        clause="WHS-11",
        title=LocalizedText(zh=f"{side_zh}三检查：{zh}", en=f"The three checks {side_en}: {en}"),
        instructions=LocalizedText(
            zh="检查门窗锁、货物缺失和其他异常并上报；上报后自动记为完成。",
            en="Check locks and doors, goods missing, and anything unusual, and hand the round in; it is done by that.",
        ),
        head_of=resource_name("units", warehouse.unit),
        schedule=duties_pb2.DutySchedule(
            rhythm=duties_pb2.DUTY_RHYTHM_DAILY, time=time, site=resource_name("sites", warehouse.site)
        ),
        remind_minutes=REMIND_MINUTES,
    )
