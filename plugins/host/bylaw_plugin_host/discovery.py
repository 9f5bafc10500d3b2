"""Which plugins are installed, read from metadata alone: nothing of theirs is imported here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

GROUP = "bylaw.plugins"
SHIPPED = frozenset(
    {
        "bylaw-crews",
        "bylaw-fixed-week",
        "bylaw-flexible-hours",
        "bylaw-kdniao",
        "bylaw-kuaidi100",
        "bylaw-rest-by-rota",
        "bylaw-retail-sets",
        "bylaw-sheet-layout",
        "bylaw-shop-exports",
        "bylaw-smtp-mail",
        "bylaw-statutory-leave",
        "bylaw-taobao-orders",
    }
)
"""The distributions that Bylaw itself brings: only they run inside a service."""
OURS = "bylaw"
"""The first word of our distributions' names; nobody else's may begin with it."""


class PluginRefused(Exception):  # noqa: N818  (the family of refusals speaks so)
    """A distribution that may not take part: its name, a stable reason, and why in Chinese and English."""

    def __init__(self, distribution: str, reason: str, *, zh: str, en: str) -> None:
        self.distribution, self.reason, self.why_zh, self.why_en = distribution, reason, zh, en
        self.zh, self.en = f"插件 {distribution} 被拒：{zh}", f"plugin {distribution} refused: {en}"
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Found:
    """An installed distribution that brings policies, where it lies, and whether it is one of ours."""

    distribution: str
    version: str
    entry: EntryPoint
    folder: str
    shipped: bool

    @property
    def titled(self) -> str:
        """Its name and version, as verdicts and messages carry them."""
        return f"{self.distribution} {self.version}"

    @property
    def prefix(self) -> str:
        """What the names of its policies begin with."""
        return f"{first_word(self.distribution)}-"


def installed() -> list[Found]:
    """Every distribution with an entry point of ours, by name; PluginRefused at the first with a wrong name."""
    return found_among(entry_points(group=GROUP))


def found_among(entries: Iterable[EntryPoint]) -> list[Found]:
    """The distributions behind these entry points, by name."""
    return sorted(_found(entries), key=lambda one: one.distribution)


def _found(entries: Iterable[EntryPoint]) -> Iterator[Found]:
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda entry: (distribution_of(entry), entry.name)):
        name = distribution_of(entry)
        check_name(entry, name)
        shipped = normal(name) in SHIPPED
        if first_word(name) == OURS and not shipped:
            raise PluginRefused(
                name,
                "NAME_RESERVED",
                zh="以 bylaw 开头的名称留给本系统自带的发行包，请改名",
                en="names that begin with bylaw are kept for what ships with the system; rename it",
            )
        if name in seen:
            raise PluginRefused(
                name, "ENTRY_POINT_TWICE", zh="入口点重复，请只留一个", en="it has more than one entry point; keep one"
            )
        seen.add(name)
        version, folder = (entry.dist.version, str(entry.dist.locate_file(""))) if entry.dist else ("", "")
        yield Found(name, version, entry, folder, shipped)


def distribution_of(entry: EntryPoint) -> str:
    """The name of the distribution that declares an entry point."""
    return entry.dist.name if entry.dist is not None else entry.name


def check_name(entry: EntryPoint, distribution: str) -> None:
    """PluginRefused where an entry point has another name than its distribution: of equal names one would be lost."""
    if normal(entry.name) != normal(distribution):
        raise PluginRefused(
            distribution,
            "NAME_DIFFERS",
            zh=f"入口点名 {entry.name} 与发行包名不同；请改为 {distribution}",
            en=f"its entry point is called {entry.name}; call it {distribution}",
        )


def normal(name: str) -> str:
    """A distribution's name without what makes no difference in it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def first_word(distribution: str) -> str:
    """What stands before the first dash."""
    return normal(distribution).partition("-")[0]
