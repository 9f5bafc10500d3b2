"""How plugins are taken in: one distribution at a time, refused by name if anything about it is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Any, NamedTuple

import pluggy
from bylaw_hooks import hookspecs
from bylaw_hooks.channels import DeliveryChannel
from bylaw_hooks.couriers import CourierAdapter
from bylaw_hooks.exporting import ExportLayout
from bylaw_hooks.leave import LeavePolicy
from bylaw_hooks.orders import OrderImporter
from bylaw_hooks.parameters import Both
from bylaw_hooks.patterns import ShiftPattern

from bylaw_plugin_host.discovery import PluginRefused, check_name, distribution_of


@dataclass(frozen=True, slots=True)
class Registered:
    """A pattern and the distribution, with its version, that brought it."""

    pattern: ShiftPattern[Any]
    distribution: str
    distribution_version: str


@dataclass(frozen=True, slots=True)
class RegisteredChannel:
    """A delivery channel and the distribution, with its version, that brought it."""

    channel: DeliveryChannel[Any]
    distribution: str
    distribution_version: str


@dataclass(frozen=True, slots=True)
class RegisteredLeavePolicy:
    """A leave policy and the distribution, with its version, that brought it."""

    policy: LeavePolicy[Any]
    distribution: str
    distribution_version: str


@dataclass(frozen=True, slots=True)
class RegisteredLayout:
    """An export layout and the distribution, with its version, that brought it."""

    layout: ExportLayout
    distribution: str
    distribution_version: str


@dataclass(frozen=True, slots=True)
class RegisteredCourier:
    """A courier adapter and the distribution, with its version, that brought it."""

    courier: CourierAdapter[Any]
    distribution: str
    distribution_version: str


@dataclass(frozen=True, slots=True)
class RegisteredImporter:
    """An order importer and the distribution, with its version, that brought it."""

    importer: OrderImporter
    distribution: str
    distribution_version: str


class Registration(NamedTuple):
    """All that one distribution registers."""

    patterns: list[Registered]
    channels: list[RegisteredChannel]
    leave_policies: Sequence[RegisteredLeavePolicy] = ()
    layouts: Sequence[RegisteredLayout] = ()
    couriers: Sequence[RegisteredCourier] = ()
    importers: Sequence[RegisteredImporter] = ()


def register(entry: EntryPoint) -> Registration:
    """Imports one plugin and takes in what it registers; PluginRefused if anything about it is wrong.

    Only what we ship may be imported inside a service; everything else is registered in a worker of its own.
    """
    distribution = distribution_of(entry)
    check_name(entry, distribution)
    plugin = _import(entry, distribution)
    _check_version(plugin, distribution)
    hook = _registered(plugin, distribution).hook
    brought = {name: _asked(getattr(hook, name), distribution) for name in KINDS}
    _check_answers(brought, distribution)
    version = entry.dist.version if entry.dist is not None else ""
    taken = ([KINDS[name].registered(one, distribution, version) for one in those] for name, those in brought.items())
    return Registration(*taken)


class _Kind(NamedTuple):
    """What is registered by a hook: its class, and how it is kept."""

    base: type[Any]
    registered: Callable[[Any, str, str], Any]


KINDS: Mapping[str, _Kind] = {
    "register_shift_patterns": _Kind(ShiftPattern, Registered),
    "register_delivery_channels": _Kind(DeliveryChannel, RegisteredChannel),
    "register_leave_policies": _Kind(LeavePolicy, RegisteredLeavePolicy),
    "register_export_layouts": _Kind(ExportLayout, RegisteredLayout),
    "register_couriers": _Kind(CourierAdapter, RegisteredCourier),
    "register_order_importers": _Kind(OrderImporter, RegisteredImporter),
}
"""By hook, in the order of what a distribution registers."""
_NAMED: Mapping[str, type] = {"name": str, "title": Both}
_VERSIONED: Mapping[str, type] = {**_NAMED, "version": int}
_POLICY: Mapping[str, type] = {**_VERSIONED, "parameters": type}
_IMPORTER: Mapping[str, type] = {**_VERSIONED, "sample": tuple}
_OUTWARD: Mapping[str, type] = {**_NAMED, "settings": type}
_COURIER: Mapping[str, type] = {**_OUTWARD, "phone_couriers": frozenset, "subscribes": bool}


def _asked(hook: Callable[[], list[list[Any]]], distribution: str) -> list[Any]:
    try:
        return [one for answer in hook() for one in answer]
    except (Exception, SystemExit) as error:
        raise _raised(distribution, "REGISTRATION_RAISED", error) from error


def _check_answers(brought: Mapping[str, list[Any]], distribution: str) -> None:
    sound = all(isinstance(one, KINDS[name].base) for name, those in brought.items() for one in those)
    if not sound or not any(brought.values()):
        raise nothing_registered(distribution)
    _check_complete(brought["register_shift_patterns"], _POLICY, distribution, reason="PATTERN_INCOMPLETE")
    _check_complete(brought["register_delivery_channels"], _OUTWARD, distribution, reason="CHANNEL_INCOMPLETE")
    _check_complete(brought["register_leave_policies"], _POLICY, distribution, reason="LEAVE_POLICY_INCOMPLETE")
    _check_complete(brought["register_export_layouts"], _VERSIONED, distribution, reason="LAYOUT_INCOMPLETE")
    _check_complete(brought["register_order_importers"], _IMPORTER, distribution, reason="IMPORTER_INCOMPLETE")
    _check_complete(brought["register_couriers"], _COURIER, distribution, reason="COURIER_INCOMPLETE")


def nothing_registered(distribution: str) -> PluginRefused:
    """Why a distribution that brings nothing may not take part."""
    return PluginRefused(
        distribution,
        "NOTHING_REGISTERED",
        zh="未登记任何班制、假期政策、导出版式、通知渠道、快递接口或订单导入格式；请检查 @hookimpl 及登记函数的返回值",
        en="it registers no shift pattern, leave policy, export layout, delivery channel, courier adapter or order"
        " importer; check @hookimpl and what the hooks return",
    )


def _check_complete(those: list[Any], wanted: Mapping[str, type], distribution: str, *, reason: str) -> None:
    for one in those:
        lacking = [field for field, kind in wanted.items() if not isinstance(getattr(one, field, None), kind)]
        if lacking:
            raise PluginRefused(
                distribution,
                reason,
                zh=f"{type(one).__name__} 缺少或写错 {'、'.join(lacking)}",
                en=f"its {type(one).__name__} lacks or misstates {', '.join(lacking)}",
            )


def _import(entry: EntryPoint, distribution: str) -> Any:
    try:
        return entry.load()
    except (Exception, SystemExit) as error:
        raise _raised(distribution, "IMPORT_RAISED", error) from error


def _raised(distribution: str, reason: str, error: BaseException) -> PluginRefused:
    what = f"{type(error).__name__}: {error}"
    return PluginRefused(
        distribution,
        reason,
        zh=f"装载时出错({what})；请修复或卸载",
        en=f"it failed while being loaded ({what}); repair or uninstall it",
    )


def _check_version(plugin: Any, distribution: str) -> None:
    declared = getattr(plugin, "bylaw_api", None)
    if declared != hookspecs.API_VERSION:
        raise PluginRefused(
            distribution,
            "WRONG_API_VERSION",
            zh=f"它声明 bylaw_api = {declared}，本系统为 {hookspecs.API_VERSION}；请安装相配的版本",
            en=f"it declares bylaw_api = {declared}, not {hookspecs.API_VERSION}; install one that fits",
        )


def _registered(plugin: Any, distribution: str) -> pluggy.PluginManager:
    # A manager of its own: in a shared one a plugin at fault takes everybody's answers with it, unnamed.
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(plugin, name=distribution)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginRefused(
            distribution,
            "UNKNOWN_HOOK",
            zh=f"它实现了不存在的钩子或参数：{error}",
            en=f"it implements a hook or an argument that does not exist: {error}",
        ) from error
    return manager
