"""Where things are: the workplaces, what each of them has in its navigation, and where somebody begins."""

from collections.abc import Iterator
from dataclasses import dataclass

from bylaw_console.members import Member


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: where it leads, its word, and permissions of which one is needed to see it."""

    path: str
    word: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workplace:
    """A navigation of at most seven entries; it is for whoever holds one of `needs`."""

    name: str
    needs: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def word(self) -> str:
        """Its name in the words of the console."""
        return f"workplace.{self.name}"


TODAY = Item("/today", "nav.today")
MONTH = Item("/month", "nav.month", ("attendance.sheets.read",))
REQUESTS = Item("/requests", "nav.requests", ("attendance.leave.create",))
INBOX = Item("/inbox", "nav.inbox")
CLAUSES = Item("/clauses", "nav.clauses")

WORKPLACES = (Workplace("everyone", (), (TODAY, MONTH, REQUESTS, INBOX, CLAUSES)),)
"""From the one for everybody to the one that is for the fewest: who has several begins in the last of theirs."""


def workplaces_of(member: Member) -> list[Workplace]:
    """Those that are for somebody."""
    return [place for place in WORKPLACES if not place.needs or member.may(*place.needs)]


def workplace_of(member: Member, wished: str) -> Workplace:
    """The one they chose, where it is theirs; else where they begin."""
    own = workplaces_of(member)
    return next((place for place in own if place.name == wished), own[-1])


def items_of(member: Member, workplace: Workplace) -> Iterator[Item]:
    """What somebody sees of a workplace."""
    return (item for item in workplace.items if not item.needs or member.may(*item.needs))
