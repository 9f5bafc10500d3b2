"""How plugins are taken in: one distribution at a time, refused by name if anything about it is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Any, NamedTuple

import pluggy
from bylaw_hooks import hookspecs
from bylaw_hooks.channels import DeliveryChannel
from bylaw_hooks.exporting import ExportLayout
from bylaw_hooks.leave import LeavePolicy
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


class Registration(NamedTuple):
    """All that one distribution registers."""

    patterns: list[Registered]
    channels: list[RegisteredChannel]
    leave_policies: Sequence[RegisteredLeavePolicy] = ()
    layouts: Sequence[RegisteredLayout] = ()


def register(entry: EntryPoint) -> Registration:
    """Imports one plugin and takes in what it registers; PluginRefused if anything about it is wrong.

    Only what we ship may be imported inside a service; everything else is registered in a worker of its own.
    """
    distribution = distribution_of(entry)
    check_name(entry, distribution)
    plugin = _import(entry, distribution)
    _check_version(plugin, distribution)
    hook = _registered(plugin, distribution).hook
    patterns = _asked(hook.register_shift_patterns, distribution)
    channels = _asked(hook.register_delivery_channels, distribution)
    leave_policies = _asked(hook.register_leave_policies, distribution)
    layouts = _asked(hook.register_export_layouts, distribution)
    _check_answers(patterns, channels, (leave_policies, layouts), distribution=distribution)
    version = entry.dist.version if entry.dist is not None else ""
    return Registration(
        [Registered(pattern, distribution, version) for pattern in patterns],
        [RegisteredChannel(channel, distribution, version) for channel in channels],
        [RegisteredLeavePolicy(policy, distribution, version) for policy in leave_policies],
        [RegisteredLayout(layout, distribution, version) for layout in layouts],
    )


def _asked(hook: Callable[[], list[list[Any]]], distribution: str) -> list[Any]:
    try:
        return [one for answer in hook() for one in answer]
    except (Exception, SystemExit) as error:
        raise _raised(distribution, "REGISTRATION_RAISED", error) from error


def _check_answers(
    patterns: list[Any], channels: list[Any], further: tuple[list[Any], list[Any]], *, distribution: str
) -> None:
    leave_policies, layouts = further
    sound = all(isinstance(pattern, ShiftPattern) for pattern in patterns)
    sound = sound and all(isinstance(channel, DeliveryChannel) for channel in channels)
    sound = sound and all(isinstance(policy, LeavePolicy) for policy in leave_policies)
    sound = sound and all(isinstance(layout, ExportLayout) for layout in layouts)
    if not sound or not (patterns or channels or leave_policies or layouts):
        raise nothing_registered(distribution)
    wanted = {"name": str, "version": int, "title": Both, "parameters": type}
    for pattern in patterns:
        _check_complete(pattern, wanted, distribution, reason="PATTERN_INCOMPLETE")
    for policy in leave_policies:
        _check_complete(policy, wanted, distribution, reason="LEAVE_POLICY_INCOMPLETE")
    for layout in layouts:
        _check_complete(layout, {"name": str, "version": int, "title": Both}, distribution, reason="LAYOUT_INCOMPLETE")
    for channel in channels:
        _check_complete(
            channel, {"name": str, "title": Both, "settings": type}, distribution, reason="CHANNEL_INCOMPLETE"
        )


def nothing_registered(distribution: str) -> PluginRefused:
    """Why a distribution that brings nothing may not take part."""
    return PluginRefused(
        distribution,
        "NOTHING_REGISTERED",
        zh="未登记任何班制、假期政策、导出版式或通知渠道；请检查 @hookimpl 及登记函数的返回值",
        en="it registers no shift pattern, leave policy, export layout or delivery channel;"
        " check @hookimpl and what the hooks return",
    )


def _check_complete(one: object, wanted: Mapping[str, type], distribution: str, *, reason: str) -> None:
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
