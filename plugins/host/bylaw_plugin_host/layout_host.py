"""The export layouts that are installed here, wherever they run: asked for the tables of a month, each checked."""

from collections.abc import Iterable
from typing import NamedTuple

from bylaw_hooks.exporting import Encoding, ExportedMonth

from bylaw_plugin_host.layout_calls import SHAPELESS
from bylaw_plugin_host.layout_checking import faults_of_tables
from bylaw_plugin_host.layout_questions import LayoutQuestion, Tables, hear_tables, say_month
from bylaw_plugin_host.leave_questions import NoSuchShape
from bylaw_plugin_host.outcomes import CallFailed, Failure, PolicyBroken, PolicyGone, Runner


class OfferedLayout(NamedTuple):
    """A version of a layout that a distribution ("name version") offers."""

    identity: str
    title_zh: str
    title_en: str
    encoding: Encoding
    with_days: bool
    distribution: str


class LayoutHost:
    """Safe for threads; the processes are the policy host's to end."""

    def __init__(self, runners: Iterable[Runner]) -> None:
        self._offers = {offer.identity: (one, offer) for one in runners for offer in one.manifest.layouts}

    def offered(self) -> list[OfferedLayout]:
        """Every version of every layout, by name."""
        return [
            OfferedLayout(name, offer.title_zh, offer.title_en, offer.encoding, offer.with_days, runner.manifest.titled)
            for name, (runner, offer) in sorted(self._offers.items())
        ]

    def tables(self, identity: str, month: ExportedMonth) -> Tables:
        """The sound tables of a month; raises PolicyGone or PolicyBroken."""
        if identity not in self._offers:
            raise PolicyGone(identity)
        runner, _ = self._offers[identity]
        try:
            tables = hear_tables(runner.export(LayoutQuestion(identity, say_month(month), len(month.people))))
        except NoSuchShape:
            raise self._broken(identity, SHAPELESS) from None
        except CallFailed as failed:
            raise self._broken(identity, failed.failure) from failed
        for fault in faults_of_tables(tables):
            raise self._broken(identity, fault)
        return tables

    def _broken(self, identity: str, failure: Failure) -> PolicyBroken:
        told = failure._asdict()
        distribution = self._offers[identity][0].manifest.titled
        return PolicyBroken(told.pop("reason"), identity=identity, distribution=distribution, **told)
