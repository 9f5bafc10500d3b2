"""Takes in the rulebook that ships, when an installation starts with an edition that it does not know yet."""

from datetime import date

from bylaw_chassis.caller import NOBODY

from bylaw_people.events import clause_changed
from bylaw_people.ports import Store
from bylaw_people.rules.rulebook.clauses import Book
from bylaw_people.rules.rulebook.shipping import shipped_changes


def take_edition(store: Store, book: Book, edition: int, *, today: date) -> int:
    """Answers how many clauses changed; an edition that was taken in, or an older one, changes nothing."""
    with store.read() as records:
        if records.rulebook.edition() >= edition:
            return 0
    with store.work(NOBODY) as records:
        if records.rulebook.edition(lock=True) >= edition:
            return 0
        known = {record.id: record for record in records.rulebook.records(lock=True)}
        changes = list(shipped_changes(known, book, today))
        records.rulebook.add([record for record, _ in changes if record.id not in known])
        records.rulebook.revise([change for change in changes if change[0].id in known])
        records.rulebook.take_edition(edition)
        records.publish(*(clause_changed(record) for record, _ in changes))
        return len(changes)
