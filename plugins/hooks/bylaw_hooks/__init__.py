"""The one thing a Bylaw plugin depends on: facts in, answers out, and the hooks to register with."""

from bylaw_hooks.answers import MonthAnswer
from bylaw_hooks.channels import DeliveryChannel, DeliveryFailed, NoticeFacts
from bylaw_hooks.columns import AnswerColumns, FactColumns, Ints, PlanColumns
from bylaw_hooks.facts import ClockChange, DayFacts, DayKind, Excused, Hours, MonthFacts, days_between
from bylaw_hooks.hookspecs import API_VERSION, hookimpl
from bylaw_hooks.judging import Bound
from bylaw_hooks.kinds import Kind
from bylaw_hooks.parameters import Both, CardParameters, Parameters, WallSpan, WallTime, setting, spans_in_order
from bylaw_hooks.patterns import BatchShiftPattern, ShiftPattern
from bylaw_hooks.plan import MonthPlan, PlannedDay, Segment
from bylaw_hooks.weekdays import WEEKDAY_TITLES

__all__ = ["API_VERSION", "Both", "Bound", "CardParameters", "ClockChange", "DayFacts", "DayKind", "MonthAnswer"]
__all__ += ["AnswerColumns", "BatchShiftPattern", "FactColumns", "Ints", "MonthPlan", "PlanColumns", "days_between"]
__all__ += ["DeliveryChannel", "DeliveryFailed", "Kind", "NoticeFacts", "Parameters", "PlannedDay", "Segment"]
__all__ += ["MonthFacts", "ShiftPattern", "WallSpan", "WallTime", "hookimpl", "setting", "spans_in_order"]
__all__ += ["WEEKDAY_TITLES", "Excused", "Hours"]
