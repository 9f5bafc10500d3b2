"""Puts together what keeps stock levels, and what an operator may set about them; a part of `app.py`."""

from bylaw.inventory.v1 import stock_levels_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_inventory.rpc.levels import StockLevelCalls
from bylaw_inventory.rules.levels.level import LevelDays
from bylaw_inventory.store import items, levels
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.levels.keep_levels import KeepLevels

MOST_DAYS = 1_830


class LevelSettings(BaseModel):
    """Over which days demand is taken, and what is slow, dead or expires (WHS-7)."""

    stock_demand_days: int = Field(28, ge=1, le=366, description="Days whose issues are an item's demand (WHS-7).")
    stock_slow_days: int = Field(
        90, ge=1, le=MOST_DAYS, description="Days without an issue after which stock is slow (WHS-7)."
    )
    stock_dead_days: int = Field(
        180, ge=1, le=MOST_DAYS, description="Days without an issue after which stock is dead (WHS-7)."
    )
    stock_expiring_days: int = Field(
        60, ge=0, le=MOST_DAYS, description="Days before its expiry from which a lot is proposed (WHS-7)."
    )
    stock_quiet_days: int = Field(
        30, ge=0, le=MOST_DAYS, description="Days for which what has its outcome is not proposed again (WHS-7)."
    )

    @property
    def level_days(self) -> LevelDays:
        """All of them."""
        return LevelDays(
            self.stock_demand_days,
            self.stock_slow_days,
            self.stock_dead_days,
            self.stock_expiring_days,
            self.stock_quiet_days,
        )


def add_levels(server: Server, own: Member, finding: Finding, settings: LevelSettings) -> None:
    """Adds the calls."""
    keeping = KeepLevels(own.database, finding, items, levels, settings.level_days)
    server.add(stock_levels_pb2.DESCRIPTOR.services_by_name["StockLevels"], StockLevelCalls(keeping, own.page_tokens))
