"""The one thing a Bylaw plugin depends on: facts in, answers out, and the hooks to register with."""

from bylaw_hooks.answers import DayAnswer, Half, Mark, MonthAnswer, Totals
from bylaw_hooks.channels import DeliveryChannel, DeliveryFailed, NoticeFacts
from bylaw_hooks.facts import ClockChange, DayFacts, DayKind, MonthFacts, days_between
from bylaw_hooks.hookspecs import API_VERSION, hookimpl, hookspec
from bylaw_hooks.kinds import Kind
from bylaw_hooks.loader import GROUP, PluginRefused, Registered, RegisteredChannel, load_channels, load_plugins
from bylaw_hooks.parameters import (
    Both,
    CardParameters,
    Parameters,
    WallSpan,
    WallTime,
    setting,
    spans_in_order,
)
from bylaw_hooks.patterns import ShiftPattern
from bylaw_hooks.plan import CardPoint, MonthPlan, PlannedDay, PlanRefused, Segment, Side

__all__ = [
    "API_VERSION",
    "GROUP",
    "Both",
    "CardParameters",
    "CardPoint",
    "ClockChange",
    "DayAnswer",
    "DayFacts",
    "DayKind",
    "DeliveryChannel",
    "DeliveryFailed",
    "Half",
    "Kind",
    "Mark",
    "MonthAnswer",
    "MonthFacts",
    "MonthPlan",
    "NoticeFacts",
    "Parameters",
    "PlanRefused",
    "PlannedDay",
    "PluginRefused",
    "Registered",
    "RegisteredChannel",
    "Segment",
    "ShiftPattern",
    "Side",
    "Totals",
    "WallSpan",
    "WallTime",
    "days_between",
    "hookimpl",
    "hookspec",
    "load_channels",
    "load_plugins",
    "setting",
    "spans_in_order",
]
