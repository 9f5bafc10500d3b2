"""The demonstration's shops: two that its warehouse ships for, one that ships by itself, one of the past (ORD-1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bylaw.orders.v1 import channels_pb2, channels_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.deciding import SHOPS
from bylaw_cli.demonstration.goods import offering
from bylaw_cli.demonstration.goods.shelves import Shelves

TMALL, OWN, JD, PAST = "tmall", "own", "jd", "past"
CURRENCY = "CNY"
RELAXED_HOURS = 240
"""Within so many a shop that ships by itself is to ship and to deliver."""


@dataclass(frozen=True)
class Shops:
    """The channels by code, beside the warehouse that ships for them."""

    shelves: Shelves
    channels: Mapping[str, str]

    @property
    def asking(self) -> Asking:
        """How the services are asked."""
        return self.shelves.asking


def open_shops(shelves: Shelves) -> Shops:
    """Opens those that there are not."""
    asking, stub = shelves.asking, shelves.asking.stub(channels_pb2_grpc.ChannelsStub)
    listed = asking.ask(stub.ListChannels, channels_pb2.ListChannelsRequest(), by=SHOPS).channels
    known = {channel.code: channel.name for channel in listed}
    for wish in _shops(shelves):
        if wish.code not in known:
            wish.unit, wish.currency = asking.units[offering.SHOP_UNIT], CURRENCY
            request = channels_pb2.CreateChannelRequest(channel=wish)
            known[wish.code] = asking.ask(stub.CreateChannel, request, by=SHOPS).name
    return Shops(shelves, known)


def _shops(shelves: Shelves) -> list[channels_pb2.Channel]:
    shop = channels_pb2.Channel
    return [
        shop(
            code=TMALL,
            title=LocalizedText(zh="木槿家居旗舰店", en="Mujin flagship shop"),
            platform="tmall",
            shop="mujin-home",
            warehouse=shelves.name,
            sales_channel=offering.CHANNEL,
            shortage_policy=channels_pb2.SHORTAGE_POLICY_SPLIT,
        ),
        shop(
            code=OWN,
            title=LocalizedText(zh="木槿自营店", en="Mujin's own shop"),
            platform="own",
            shop="mujin",
            warehouse=shelves.name,
            shortage_policy=channels_pb2.SHORTAGE_POLICY_WAIT,
        ),
        shop(
            code=JD,
            title=LocalizedText(zh="木槿京东店", en="Mujin at JD, which ships by itself"),
            platform="jd",
            shop="mujin-jd",
            ship_hours=RELAXED_HOURS,
            deliver_hours=RELAXED_HOURS,
        ),
        shop(
            code=PAST,
            title=LocalizedText(zh="旧微店（历史）", en="The old shop, for the record"),
            platform="weidian",
            shop="mujin-old",
            history=True,
        ),
    ]
