"""Which way a punch goes: as it is typed, as the contract names it, as people read it."""

from bylaw_cli.wording import Wording

DIRECTIONS = {"in": "DIRECTION_IN", "out": "DIRECTION_OUT"}
SHOWN = {
    "DIRECTION_UNSPECIFIED": Wording("in or out", "未注明进出"),
    "DIRECTION_IN": Wording("in", "上班"),
    "DIRECTION_OUT": Wording("out", "下班"),
}
