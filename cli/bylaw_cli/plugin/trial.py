"""Puts a trial together: the plugin in its worker, the pattern that is meant, the facts, and what they compare to."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bylaw_attendance.parameter_wording import violations
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_kit.checking import Exists
from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import Offered, ParametersRefused, PolicyBroken
from bylaw_plugin_host.settings import JudgingSettings
from bylaw_plugin_host.starting import start
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_cli.plugin.comparing import Comparison
from bylaw_cli.plugin.facts import months
from bylaw_cli.plugin.failing import what_failed
from bylaw_cli.plugin.placing import placed
from bylaw_cli.plugin.trying import Trying
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Refused, Wording


@dataclass(frozen=True)
class Wish:
    """What is tried on which month: a plugin, a unit by its code, and the pattern and parameters that were named."""

    target: str
    month: str
    unit: str
    pattern: str | None
    parameters: Path | None


@dataclass(frozen=True)
class Trial:
    """Which pattern of which distribution was tried, and what it comes to."""

    pattern: str
    distribution: str
    comparison: Comparison

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {"pattern": self.pattern, "distribution": self.distribution, **self.comparison.as_json()}


def trial(wish: Wish, rest: Rest, language: Language) -> Trial:
    """Tries it; Refused or Told where the plugin would not be taken in, or what was asked for is not there."""
    with placed(wish.target) as found, closing(_started(found, _rulebook(rest))) as host:
        trying = _trying(host, wish, language)
        facts = list(months(rest, _unit(rest, wish.unit, language), wish.month))
        return Trial(trying.identity, found.titled, Comparison(trying.over(facts)))


class Limits(JudgingSettings, BaseSettings):
    """What a worker gets, by the same settings as in the service: `BYLAW_PLUGIN_...` in the environment."""

    model_config = SettingsConfigDict(env_prefix="BYLAW_", env_file_encoding="utf-8", extra="ignore")


def _started(found: Found, exists: Exists) -> PolicyHost:
    try:
        return start(exists, [found], limits=read_settings(Limits).limits())
    except PluginRefused as refused:
        raise Refused(refused.en, refused.zh) from refused
    except SettingWrong as wrong:
        raise Refused(str(wrong), str(wrong)) from wrong


def _rulebook(rest: Rest) -> Exists:
    """Whether the installation's rulebook has a clause."""
    known = {clause["name"].removeprefix("clauses/") for clause in rest.pages("/v1/clauses", "clauses")}

    def exists(clause: str, _: date) -> bool:
        return clause in known

    return exists


def _unit(rest: Rest, code: str, language: Language) -> str:
    found = rest.get("/v1/units", {"code": code}).get("units", [])
    if not found:
        nowhere = Wording(f"There is no unit with the code {code}.", f"没有代码为 {code} 的部门。")
        raise Told(nowhere.show(language), language)
    return str(found[0]["name"])


def _trying(host: PolicyHost, wish: Wish, language: Language) -> Trying:
    """The pattern that was asked for, or the newest version of the only one, with its parameters checked."""
    identity, file = _chosen(host.offered(), wish.pattern, language), wish.parameters
    try:
        given = json.dumps(json.loads(file.read_text(encoding="utf-8")) if file else {})
        return Trying(host, identity, host.check_parameters(identity, given))
    except (ValueError, OSError) as error:
        raise Told(f"{file}: {error}", language) from error
    except PolicyBroken as broken:
        raise Told(f"{identity}: {what_failed(broken, language)}", language) from broken
    except ParametersRefused as refused:
        faults = violations(refused, parent="parameters", reason="")
        said = (f"{one.field}: {one.zh if language == 'zh' else one.en}" for one in faults)
        raise Told("\n  ".join(said), language) from refused


def _chosen(offered: Sequence[Offered], wanted: str | None, language: Language) -> str:
    names = [one.identity for one in offered]
    if wanted in names:
        return str(wanted)
    if not wanted and len({name.partition("@")[0] for name in names}) == 1:
        return max(names, key=lambda name: int(name.partition("@")[2]))
    listed = ", ".join(names)
    choose = Wording(f"Say which with --pattern: {listed}.", f"请用 --pattern 指明：{listed}。")
    raise Told(choose.show(language), language)
