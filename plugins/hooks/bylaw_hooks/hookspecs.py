"""The hooks a plugin may implement, and the version of this surface."""

from typing import Any

import pluggy

from bylaw_hooks.channels import DeliveryChannel
from bylaw_hooks.couriers.adapters import CourierAdapter
from bylaw_hooks.exporting.layouts import ExportLayout
from bylaw_hooks.leave.policies import LeavePolicy
from bylaw_hooks.orders.importers import OrderImporter
from bylaw_hooks.patterns import ShiftPattern

API_VERSION = 1
"""A plugin's module says which it was written for: `bylaw_api = 1`."""
PROJECT = "bylaw"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_shift_patterns() -> list[ShiftPattern[Any]]:  # type: ignore[empty-body]
    """The patterns of this distribution, every version that months were judged by among them."""


@hookspec
def register_delivery_channels() -> list[DeliveryChannel[Any]]:  # type: ignore[empty-body]
    """The ways by which this distribution takes notices outward."""


@hookspec
def register_leave_policies() -> list[LeavePolicy[Any]]:  # type: ignore[empty-body]
    """The leave policies of this distribution, every version that a ledger's entries name among them."""


@hookspec
def register_export_layouts() -> list[ExportLayout]:  # type: ignore[empty-body]
    """The layouts of this distribution in which months are exported, every version that anybody reads among them."""


@hookspec
def register_couriers() -> list[CourierAdapter[Any]]:  # type: ignore[empty-body]
    """The providers of tracking that this distribution asks and is pushed by."""


@hookspec
def register_order_importers() -> list[OrderImporter]:  # type: ignore[empty-body]
    """The importers of this distribution, every version that an import names among them."""
