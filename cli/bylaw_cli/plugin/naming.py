"""Which names a plugin may have: a distribution's, importable, not ours, and not taken by a module that is there."""

import keyword
import re
from importlib.util import find_spec

from bylaw_plugin_host.discovery import OURS, first_word

from bylaw_cli.wording import Refused

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 60


def module_of(name: str) -> str:
    """The module of a distribution."""
    return name.replace("-", "_")


def pattern_of(name: str) -> str:
    """What a new plugin's pattern is called: after the whole distribution, so that two of a company's never clash."""
    return f"{name}-day-shift"


def check_pattern(pattern: str, name: str) -> None:
    """Refused where a start would refuse the name that was asked for."""
    prefix = f"{first_word(name)}-"
    if not NAME.fullmatch(pattern) or not pattern.startswith(prefix):
        raise Refused(
            f"{pattern!r} is no name for a pattern of {name}: lower case letters, digits and single hyphens, beginning"
            f" with {prefix}, as in {pattern_of(name)}.",
            f"{pattern!r} 不能用作 {name} 的班制名：只用小写字母、数字和单个连字符，并以 {prefix} 开头，"
            f"例如 {pattern_of(name)}。",
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
