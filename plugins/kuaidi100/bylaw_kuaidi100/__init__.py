"""The distribution's entry point: registers tracking by kuaidi100."""

from typing import Any

from bylaw_hooks import hookimpl
from bylaw_hooks.couriers import CourierAdapter

from bylaw_kuaidi100.adapter import Kuaidi100
from bylaw_kuaidi100.settings import Kuaidi100Settings

__all__ = ["Kuaidi100", "Kuaidi100Settings", "bylaw_api", "register_couriers"]
bylaw_api = 1


@hookimpl
def register_couriers() -> list[CourierAdapter[Any]]:
    """Kuaidi100."""
    return [Kuaidi100()]
