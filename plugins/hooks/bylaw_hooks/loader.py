"""How plugins are taken in: one distribution at a time, refused by name if anything about it is wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Any

import pluggy

from bylaw_hooks import hookspecs
from bylaw_hooks.parameters import Both
from bylaw_hooks.patterns import ShiftPattern

GROUP = "bylaw.plugins"


class PluginRefused(Exception):  # noqa: N818  (the family of refusals speaks so)
    """A distribution that may not take part: its name, a stable reason, and why in Chinese and English."""

    def __init__(self, distribution: str, reason: str, *, zh: str, en: str) -> None:
        self.distribution, self.reason = distribution, reason
        self.zh, self.en = f"插件 {distribution} 被拒:{zh}", f"plugin {distribution} refused: {en}"
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Registered:
    """A pattern and the distribution, with its version, that brought it."""

    pattern: ShiftPattern[Any]
    distribution: str
    distribution_version: str


def load_plugins(entry_points: Iterable[EntryPoint]) -> dict[str, Registered]:
    """All patterns by `name@version`, in order of name; PluginRefused at the first distribution at fault.

    Pass `importlib.metadata.entry_points(group=GROUP)`. This imports the plugins: only what we ship may be
    loaded inside a service.
    """
    loaded: dict[str, Registered] = {}
    for entry in sorted(entry_points, key=lambda entry: (_distribution(entry), entry.name)):
        for found in _patterns(entry):
            identity = found.pattern.identity
            if identity in loaded:
                raise PluginRefused(
                    found.distribution,
                    "PATTERN_TWICE",
                    zh=f"{identity} 已由 {loaded[identity].distribution} 登记,请改名或卸载其一",
                    en=f"{identity} is already registered by {loaded[identity].distribution}; "
                    "rename it or uninstall one",
                )
            loaded[identity] = found
    return dict(sorted(loaded.items()))


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.name


def _patterns(entry: EntryPoint) -> Iterator[Registered]:
    distribution = _distribution(entry)
    _check_name(entry, distribution)
    plugin = _import(entry, distribution)
    _check_version(plugin, distribution)
    manager = _registered(plugin, distribution)
    try:
        answers = manager.hook.register_shift_patterns()
        found = [pattern for answer in answers for pattern in answer]
    except (Exception, SystemExit) as error:
        raise _raised(distribution, "REGISTRATION_RAISED", error) from error
    if not found or not all(isinstance(pattern, ShiftPattern) for pattern in found):
        raise PluginRefused(
            distribution,
            "NOTHING_REGISTERED",
            zh="未登记任何班制;请检查 @hookimpl 及 register_shift_patterns 的返回值",
            en="it registers no shift pattern; check @hookimpl and what register_shift_patterns returns",
        )
    for pattern in found:
        _check_complete(pattern, distribution)
    version = entry.dist.version if entry.dist is not None else ""
    return iter([Registered(pattern, distribution, version) for pattern in found])


def _check_complete(pattern: ShiftPattern[Any], distribution: str) -> None:
    wanted: dict[str, type] = {"name": str, "version": int, "title": Both, "parameters": type}
    lacking = [field for field, kind in wanted.items() if not isinstance(getattr(pattern, field, None), kind)]
    if lacking:
        raise PluginRefused(
            distribution,
            "PATTERN_INCOMPLETE",
            zh=f"班制 {type(pattern).__name__} 缺少或写错 {'、'.join(lacking)}",
            en=f"its pattern {type(pattern).__name__} lacks or misstates {', '.join(lacking)}",
        )


def _check_name(entry: EntryPoint, distribution: str) -> None:
    if _normal(entry.name) != _normal(distribution):
        raise PluginRefused(
            distribution,
            "NAME_DIFFERS",
            zh=f"入口点名 {entry.name} 与发行包名不同;请改为 {distribution}",
            en=f"its entry point is called {entry.name}; call it {distribution}",
        )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


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
        zh=f"装载时出错({what});请修复或卸载",
        en=f"it failed while being loaded ({what}); repair or uninstall it",
    )


def _check_version(plugin: Any, distribution: str) -> None:
    declared = getattr(plugin, "bylaw_api", None)
    if declared != hookspecs.API_VERSION:
        raise PluginRefused(
            distribution,
            "WRONG_API_VERSION",
            zh=f"它声明 bylaw_api = {declared},本系统为 {hookspecs.API_VERSION};请安装相配的版本",
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
            zh=f"它实现了不存在的钩子或参数:{error}",
            en=f"it implements a hook or an argument that does not exist: {error}",
        ) from error
    return manager
