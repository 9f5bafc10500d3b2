"""The order importers that are installed here, wherever they run: which knows a heading, and what it reads (ORD-1)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bylaw_hooks.orders import OrderTable, Row, Shop
from bylaw_kit.order_rules import Accounts

from bylaw_plugin_host.discovery import Found, installed
from bylaw_plugin_host.importer_questions import Headers, Matched, Read, ReadWish
from bylaw_plugin_host.losses import Told, losses_of
from bylaw_plugin_host.outcomes import ANSWER_INVALID, CallFailed, Failure, PolicyBroken, PolicyGone, Runner
from bylaw_plugin_host.remote import Remote
from bylaw_plugin_host.starting import introduced
from bylaw_plugin_host.workers import Limits

LIMITS = Limits()


class OfferedImporter(NamedTuple):
    """A version of an importer that a distribution ("name version") offers."""

    identity: str
    title_zh: str
    title_en: str
    most_tables: int
    distribution: str


class ImporterHost:
    """Those we ship run inside, every other in its distribution's worker. Safe for threads; `close` ends those."""

    def __init__(self, runners: Iterable[Runner]) -> None:
        self._runners = list(runners)
        self._offers = {offer.identity: (one, offer) for one in self._runners for offer in one.manifest.importers}

    def offered(self) -> list[OfferedImporter]:
        """Every version of every importer, by name."""
        return [
            OfferedImporter(name, offer.title_zh, offer.title_en, offer.most_tables, runner.manifest.titled)
            for name, (runner, offer) in sorted(self._offers.items())
        ]

    def match(self, identity: str, headers: Headers) -> Matched:
        """Which of these headings it knows, and what they lack together; raises PolicyGone or PolicyBroken."""
        try:
            return self._runner(identity).match_headers(identity, headers)
        except CallFailed as failed:
            raise self._broken(identity, failed.failure) from failed

    def read(self, identity: str, tables: Sequence[OrderTable], shop: Shop) -> Iterator[Read]:
        """Orders and faults one after the other, each checked, and each row accounted for at the end.

        Raises PolicyGone, or PolicyBroken, which may be in the middle.
        """
        runner = self._runner(identity)
        counted = tuple(map(_Counted, tables))
        accounts = Accounts(strict=isinstance(runner, Remote))
        wish = ReadWish(identity, tuple(OrderTable(one.table.header, one.rows) for one in counted), shop)
        try:
            for read in runner.read_orders(wish):
                if broken := accounts.take(read):
                    raise self._broken(identity, Failure(ANSWER_INVALID, *broken))
                yield read
        except CallFailed as failed:
            for one in counted:
                if one.failed:  # what was handed over could not be read: no fault of the importer's
                    raise one.failed from None
            raise self._broken(identity, failed.failure) from failed
        if broken := accounts.end(sum(one.count for one in counted)):
            raise self._broken(identity, Failure(ANSWER_INVALID, *broken))

    def losses(self) -> Told:
        """What each distribution in a worker has cost since the start."""
        return losses_of(self._runners)

    def outputs(self) -> dict[str, str]:
        """The end of what each distribution in a worker printed, by "name version": for operators, not for logs."""
        return {one.manifest.titled: one.output() for one in self._runners}

    def close(self) -> None:
        """Ends every process."""
        for one in self._runners:
            one.close()

    def _runner(self, identity: str) -> Runner:
        if identity not in self._offers:
            raise PolicyGone(identity)
        return self._offers[identity][0]

    def _broken(self, identity: str, failure: Failure) -> PolicyBroken:
        told = failure._asdict()
        distribution = self._offers[identity][0].manifest.titled
        return PolicyBroken(told.pop("reason"), identity=identity, distribution=distribution, **told)


class _Counted:
    """A table that knows how many rows its last walk gave, and what it failed of."""

    def __init__(self, table: OrderTable) -> None:
        self.table, self.count = table, 0
        self.failed: Exception | None = None

    def rows(self) -> Iterator[Row]:
        count = 0
        try:
            for row in self.table.rows():
                count += 1
                yield row
        except Exception as error:
            self.failed = error
            raise
        self.count = count


def start_importers(found: Iterable[Found] | None = None, *, limits: Limits = LIMITS) -> ImporterHost:
    """A host over the importers of all that is installed, or of these; PluginRefused names who is at fault."""
    kept = []
    for one in introduced(installed() if found is None else list(found), limits):
        if one.manifest.importers:
            kept.append(one)
        else:
            one.close()
    return ImporterHost(kept)
