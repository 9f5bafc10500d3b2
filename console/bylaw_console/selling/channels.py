"""The channels within reach, by the names that people know."""

from collections.abc import Iterable

from bylaw.orders.v1 import channels_pb2

from bylaw_console.desk import Desk

MOST = 1000


class Channels:
    """Those that whoever is signed in may see, asked for once a page."""

    def __init__(self, desk: Desk) -> None:
        wish = channels_pb2.ListChannelsRequest(page_size=MOST)
        found = desk.ask_or(channels_pb2.ListChannelsResponse(), wish).channels
        self._desk, self.by_name = desk, {one.name: one for one in found}

    def title(self, name: str) -> str:
        """What a channel is called; its id where it is out of sight."""
        found = self.by_name.get(name)
        return (self._desk.text(found.title) or found.code) if found else name.rpartition("/")[2][-6:]

    def currency(self, name: str) -> str:
        """The currency of a channel; empty where it is not known."""
        found = self.by_name.get(name)
        return found.currency if found else ""

    def options(self, first: str = "") -> Iterable[tuple[str, str]]:
        """Pairs for a choice: with `first`, an entry for no channel in these words."""
        rest = [(name, self.title(name)) for name in self.by_name]
        return [("", first), *rest] if first else rest
