"""Which names a plugin may have: a distribution's, importable, not ours, and not taken by a module that is there."""

import keyword
import re
from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import NamedTuple

from bylaw_plugin_host.discovery import OURS, first_word

from bylaw_cli.wording import Refused, Wording

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 60


class Kind(NamedTuple):
    """What a new plugin holds: its template, what that calls itself and what it holds, and the words for it."""

    template: str
    distribution: str
    called: str
    title: Wording

    def name_of(self, name: str) -> str:
        """What a new plugin's is called: after the whole distribution, so that two of a company's never clash."""
        return f"{name}-{self.called.partition('-')[2]}"


PATTERN = Kind("template", "acme-patterns", "acme-day-shift", Wording("pattern", "班制"))
LAYOUT = Kind("layout_template", "acme-layouts", "acme-payroll", Wording("layout", "版式"))
KINDS: Mapping[str, Kind] = MappingProxyType({"pattern": PATTERN, "layout": LAYOUT})


def module_of(name: str) -> str:
    """The module of a distribution."""
    return name.replace("-", "_")


def check_called(called: str, name: str, kind: Kind) -> None:
    """Refused where a start would refuse the name that was asked for."""
    prefix = f"{first_word(name)}-"
    if not NAME.fullmatch(called) or not called.startswith(prefix):
        raise Refused(
            f"{called!r} is no name for a {kind.title.en} of {name}: lower case letters, digits and single hyphens,"
            f" beginning with {prefix}, as in {kind.name_of(name)}.",
            f"{called!r} 不能用作 {name} 的{kind.title.zh}名：只用小写字母、数字和单个连字符，并以 {prefix} 开头，"
            f"例如 {kind.name_of(name)}。",
        )


def check_name(name: str) -> None:
    """Refused, saying why and what would do, where a new plugin cannot be called so."""
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise Refused(
            f"{name!r} is no name for a plugin: lower case letters, digits and single hyphens, a letter first, at most"
            f" {LONGEST} characters, as in acme-patterns.",
            f"{name!r} 不能用作插件名：只用小写字母、数字和单个连字符，以字母开头，至多 {LONGEST} 个字符，"
            "例如 acme-patterns。",
        )
    if first_word(name) == OURS:
        raise Refused(
            f"{name}: names that begin with {OURS} are kept for what ships with the system; begin with your company's.",
            f"{name}：以 {OURS} 开头的名称留给系统自带的发行包；请以贵公司的名称开头。",
        )
    module = module_of(name)
    if keyword.iskeyword(module) or find_spec(module):
        raise Refused(
            f"{name}: Python knows a {module} already, which it would hide or be hidden by; choose another name.",
            f"{name}：Python 中已有名为 {module} 的模块，二者会互相遮蔽；请另取名称。",
        )
