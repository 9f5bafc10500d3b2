"""The distribution's entry point: registers tracking by kdniao."""

from typing import Any

from bylaw_hooks import hookimpl
from bylaw_hooks.couriers import CourierAdapter

from bylaw_kdniao.adapter import Kdniao
from bylaw_kdniao.settings import KdniaoSettings

__all__ = ["Kdniao", "KdniaoSettings", "bylaw_api", "register_couriers"]
bylaw_api = 1


@hookimpl
def register_couriers() -> list[CourierAdapter[Any]]:
    """Kdniao."""
    return [Kdniao()]
