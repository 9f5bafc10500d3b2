"""The service's only caller of importers: which are installed, what they know, and what they read (ORD-1).

All of them are reached through the plugin host: what we ship runs inside, everything else in a process of its own.
"""

from collections.abc import Iterator, Sequence

from bylaw_chassis.call import transaction_is_open
from bylaw_chassis.neighbours import CalledInsideTransactionError
from bylaw_chassis.observe import log
from bylaw_hooks.orders import Header, OrderTable, ReadFault, ReadOrder, Shop
from bylaw_plugin_host.importer_host import ImporterHost, OfferedImporter, start_importers
from bylaw_plugin_host.importer_questions import Matched
from bylaw_plugin_host.outcomes import PolicyBroken, PolicyGone

from bylaw_orders.rules.order_files.refusals import ImporterBroken, ImporterNotFound

NOTHING = Matched((), ("?",))


def installed() -> "OrderImporters":
    """The importers installed here; raises PluginRefused, naming the distribution at fault."""
    return OrderImporters(start_importers())


class OrderImporters:
    """The importers that a host offers. Closing them ends their processes."""

    def __init__(self, host: ImporterHost) -> None:
        self._host = host
        self.most_tables = {one.identity: one.most_tables for one in host.offered()}

    def offered(self) -> Sequence[OfferedImporter]:
        """Every version of every importer, by name."""
        return self._host.offered()

    def page(self, position: list[str] | None, limit: int) -> Sequence[OfferedImporter]:
        """So many of them behind a place."""
        after = position[0] if position else ""
        return [one for one in self.offered() if one.identity > after][:limit]

    def match(self, importer: str, headers: tuple[Header, ...]) -> Matched:
        """Which headings it knows, and what they lack together; one that is broken knows none."""
        _outside_transactions()
        try:
            return self._host.match(importer, headers)
        except PolicyBroken as broken:
            log().error("importer_broken", told=str(broken))
            return NOTHING._replace(known=(False,) * len(headers))

    def read(self, importer: str, tables: Sequence[OrderTable], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        """What it reads, one after the other; refuses IMPORTER_NOT_FOUND and IMPORTER_BROKEN, maybe in the middle."""
        _outside_transactions()
        try:
            yield from self._host.read(importer, tables, shop)
        except PolicyGone:
            raise ImporterNotFound(importer=importer) from None
        except PolicyBroken as broken:
            log().error("importer_broken", told=str(broken))
            why = f"{broken.reason} {broken.rule}".strip()
            raise ImporterBroken(importer=importer, distribution=broken.distribution, why=why) from None

    def close(self) -> None:
        """Ends every process of a plugin."""
        self._host.close()


def _outside_transactions() -> None:
    if transaction_is_open():
        raise CalledInsideTransactionError
