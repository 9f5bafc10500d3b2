"""Sends notices outward through the channels that are set up: in batches, each a job, tried again where one fails."""

from uuid import UUID

from bylaw_chassis.caller import NOBODY

from bylaw_people.ports import Needs
from bylaw_people.ports.notices import Channels
from bylaw_people.rules.notices.delivering import Outgoing, tried


def queue_deliveries(channels: Channels, needs: Needs) -> int:
    """Makes jobs of all that is due; answers how many deliveries they have."""
    total = 0
    with needs.store.work(NOBODY) as records:
        while records.deliveries.sift(channels.names):
            pass
        while count := records.deliveries.claim_batch(channels.names):
            total += count
    return total


def deliver_batch(batch: UUID, channels: Channels, needs: Needs) -> None:
    """Tries what is left of a batch, each outside of any transaction.

    How one ended is written before the next is tried: a worker that dies repeats one delivery, not the batch.
    """
    with needs.store.read() as records:
        waiting = records.deliveries.batch(batch)
    for outgoing in waiting:
        _deliver(outgoing, batch, channels=channels, needs=needs)


def _deliver(outgoing: Outgoing, batch: UUID, *, channels: Channels, needs: Needs) -> None:
    outcome = channels.deliver(outgoing)
    with needs.store.work(NOBODY) as records:
        records.deliveries.note(outgoing, tried(outgoing, outcome, records.now), batch)
