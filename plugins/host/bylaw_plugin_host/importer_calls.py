"""A distribution's order importers as objects at hand."""

from collections.abc import Iterable, Iterator

from bylaw_plugin_host.at_work import policy_at_work
from bylaw_plugin_host.importer_questions import Headers, Matched, Read, ReadWish
from bylaw_plugin_host.outcomes import ANSWER_INVALID, CallFailed, Failure
from bylaw_plugin_host.registering import RegisteredImporter

SHAPELESS = Failure(ANSWER_INVALID, detail="an answer of another kind than agreed")


class ImporterCalls:
    """Importers by identity."""

    def __init__(self, registered: Iterable[RegisteredImporter]) -> None:
        self._importers = {one.importer.identity: one.importer for one in registered}

    def match_headers(self, identity: str, headers: Headers) -> Matched:
        """Raises CallFailed."""
        importer = self._importers[identity]
        with policy_at_work():
            known = tuple(map(importer.recognises, headers))
            missing = tuple(importer.missing(headers))
        if not all(type(one) is bool for one in known) or not all(type(one) is str for one in missing):
            raise CallFailed(SHAPELESS, divisible=False)
        return Matched(known, missing)

    def read_orders(self, wish: ReadWish) -> Iterator[Read]:
        """One after the other, as they are asked for; raises CallFailed."""
        importer = self._importers[wish.identity]
        with policy_at_work():
            yield from importer.read(wish.tables, wish.shop)
