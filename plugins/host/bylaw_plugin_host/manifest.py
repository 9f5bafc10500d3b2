"""What a distribution offers, as JSON read without importing it, and what all of them must keep together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import orjson
from bylaw_hooks import API_VERSION, hookspecs
from pydantic import Field, ValidationError

from bylaw_plugin_host import offers
from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.offers import (
    ChannelOffer,
    CourierOffer,
    ImporterOffer,
    LayoutOffer,
    LeaveOffer,
    PatternOffer,
    Told,
)
from bylaw_plugin_host.registering import Registration, nothing_registered

HOOKS = frozenset(name for name in vars(hookspecs) if name.startswith("register_"))
NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
SETTING = "[A-Za-z][A-Za-z0-9_]*"
IDENTITY = re.compile(f"{NAME}@[1-9][0-9]{{0,8}}")


class Manifest(Told):
    """All that one distribution offers."""

    distribution: str
    version: str
    hooks_version: str
    api: int
    hooks: list[str]
    patterns: list[PatternOffer]
    channels: list[ChannelOffer]
    leave_policies: list[LeaveOffer] = Field(default_factory=list)
    layouts: list[LayoutOffer] = Field(default_factory=list)
    couriers: list[CourierOffer] = Field(default_factory=list)
    importers: list[ImporterOffer] = Field(default_factory=list)

    @property
    def titled(self) -> str:
        """The distribution's name and version."""
        return f"{self.distribution} {self.version}"


@dataclass(frozen=True, slots=True)
class Introduced:
    """A distribution as its metadata and as its manifest present it."""

    found: Found
    manifest: Manifest


def manifest_of(distribution: str, distribution_version: str, registration: Registration) -> Manifest:
    """What a registered distribution offers; raises whatever drawing a schema raises."""
    patterns = [offers.pattern_offer(one.pattern) for one in registration.patterns]
    channels = [offers.channel_offer(one.channel) for one in registration.channels]
    leave = [offers.leave_offer(one.policy) for one in registration.leave_policies]
    layouts = [offers.layout_offer(one.layout) for one in registration.layouts]
    couriers = [offers.courier_offer(one.courier) for one in registration.couriers]
    importers = [offers.importer_offer(one.importer) for one in registration.importers]
    used: dict[str, Sequence[Told]] = {
        "register_shift_patterns": patterns,
        "register_delivery_channels": channels,
        "register_leave_policies": leave,
        "register_export_layouts": layouts,
        "register_couriers": couriers,
        "register_order_importers": importers,
    }
    return Manifest(
        distribution=distribution,
        version=distribution_version,
        hooks_version=version("bylaw-hooks"),
        api=API_VERSION,
        hooks=[hook for hook, brought in used.items() if brought],
        patterns=patterns,
        channels=channels,
        leave_policies=leave,
        layouts=layouts,
        couriers=couriers,
        importers=importers,
    )


def read_manifest(found: Found, told: Mapping[str, Any]) -> Manifest:
    """A worker's words as a manifest; PluginRefused where they are none, or speak of somebody else."""
    try:
        manifest = Manifest.model_validate_json(orjson.dumps(told))
    except (ValidationError, TypeError):
        raise _unsound(found) from None
    if (manifest.distribution, manifest.version) != (found.distribution, found.version):
        raise _unsound(found)
    return manifest


def _unsound(found: Found) -> PluginRefused:
    return PluginRefused(
        found.distribution,
        "MANIFEST_UNSOUND",
        zh="其工作进程所报的清单无法识别；请修复或卸载",
        en="its worker reports a manifest that cannot be read; repair or uninstall it",
    )


def check_together(introduced: Iterable[Introduced]) -> None:
    """PluginRefused at the first distribution, by name, whose manifest does not fit the surface or the others."""
    patterns: dict[str, str] = {}
    channels: dict[str, str] = {}
    policies: dict[str, str] = {}
    layouts: dict[str, str] = {}
    importers: dict[str, str] = {}
    for one in introduced:
        _check_surface(one.manifest)
        _check_names(one)
        _check_settings(one.manifest)
        for offer in one.manifest.patterns:
            _take(offer.identity, one.manifest.distribution, patterns, reason="PATTERN_TWICE")
        for way in one.manifest.channels:
            _take(way.name, one.manifest.distribution, channels, reason="CHANNEL_TWICE")
        for courier in one.manifest.couriers:
            _take(courier.name, one.manifest.distribution, channels, reason="COURIER_TWICE")
        for policy in one.manifest.leave_policies:
            _take(policy.identity, one.manifest.distribution, policies, reason="LEAVE_POLICY_TWICE")
        for layout in one.manifest.layouts:
            _take(layout.identity, one.manifest.distribution, layouts, reason="LAYOUT_TWICE")
        for importer in one.manifest.importers:
            _take(importer.identity, one.manifest.distribution, importers, reason="IMPORTER_TWICE")


def _take(name: str, distribution: str, taken: dict[str, str], *, reason: str) -> None:
    """PluginRefused where another distribution, or the same one, has registered the name already."""
    if name in taken:
        raise PluginRefused(
            distribution,
            reason,
            zh=f"{name} 已由 {taken[name]} 登记，请改名或卸载其一",
            en=f"{name} is already registered by {taken[name]}; rename it or uninstall one",
        )
    taken[name] = distribution


def _check_surface(manifest: Manifest) -> None:
    name = manifest.distribution
    if manifest.api != API_VERSION:
        raise PluginRefused(
            name,
            "WRONG_API_VERSION",
            zh=f"它声明 bylaw_api = {manifest.api}，本系统为 {API_VERSION}；请安装相配的版本",
            en=f"it declares bylaw_api = {manifest.api}, not {API_VERSION}; install one that fits",
        )
    unknown = sorted(set(manifest.hooks) - HOOKS)
    if unknown:
        raise PluginRefused(
            name,
            "UNKNOWN_HOOK",
            zh=f"它实现了不存在的钩子：{'、'.join(unknown)}",
            en=f"it implements a hook that does not exist: {', '.join(unknown)}",
        )
    brought = (manifest.patterns, manifest.channels, manifest.leave_policies, manifest.layouts)
    if not any((*brought, manifest.couriers, manifest.importers)):
        raise nothing_registered(name)


def _check_names(one: Introduced) -> None:
    """Names are plain; a third party's begin with the first word of its distribution's name."""
    manifest = one.manifest
    versioned: list[PatternOffer | LeaveOffer | LayoutOffer | ImporterOffer]
    versioned = [*manifest.patterns, *manifest.leave_policies, *manifest.layouts, *manifest.importers]
    sound = {offer.identity: IDENTITY.fullmatch(offer.identity) for offer in versioned}
    sound |= {way.name: re.fullmatch(NAME, way.name) for way in (*manifest.channels, *manifest.couriers)}
    for name, matched in sound.items():
        if not matched:
            raise PluginRefused(
                one.found.distribution,
                "NAME_UNSOUND",
                zh=f"名称 {name!r} 只可用小写字母、数字和连字符，版本为正整数",
                en=f"the name {name!r} may hold lower case letters, digits and dashes, the version counts from 1",
            )
        if not one.found.shipped and not name.startswith(one.found.prefix):
            raise PluginRefused(
                one.found.distribution,
                "FOREIGN_PREFIX",
                zh=f"{name} 须以 {one.found.prefix} 开头",
                en=f"{name} must begin with {one.found.prefix}",
            )


def _check_settings(manifest: Manifest) -> None:
    """A channel's and an adapter's settings are read from the environment: their names must be able to stand there."""
    for way in (*manifest.channels, *manifest.couriers):
        for name in way.settings:
            if not re.fullmatch(SETTING, name):
                raise PluginRefused(
                    manifest.distribution,
                    "SETTING_UNSOUND",
                    zh=f"{way.name} 的设置名 {name!r} 只可用英文字母、数字和下划线",
                    en=f"the setting {name!r} of {way.name} may hold letters, digits and underscores",
                )
