"""What people does for notices by the clock: who joins, who has not read, and what goes out."""

from uuid import UUID

from bylaw_chassis.jobs import JobFunction, Lease, Timer

from bylaw_people.ports import Needs
from bylaw_people.ports.notices import Channels
from bylaw_people.store.deliveries import JOB
from bylaw_people.use_cases.notices.deliver import deliver_batch, queue_deliveries
from bylaw_people.use_cases.notices.follow_up import address_joiners, remind_readers

QUEUE_SECONDS, NOTHING_GOES_OUT_SECONDS, FOLLOW_UP_SECONDS = 2.0, 60.0, 300.0


def notice_timers(needs: Needs, channels: Channels) -> tuple[Timer, ...]:
    """The timers: each quick, for what takes long is a job of its own."""

    def queue(_lease: Lease) -> None:
        queue_deliveries(channels, needs)

    def follow_up(_lease: Lease) -> None:
        address_joiners(needs)
        remind_readers(needs)

    return (
        Timer("queue_notice_deliveries", QUEUE_SECONDS if channels.names else NOTHING_GOES_OUT_SECONDS, queue),
        Timer("follow_up_notices", FOLLOW_UP_SECONDS, follow_up),
    )


def notice_jobs(needs: Needs, channels: Channels) -> dict[str, JobFunction]:
    """The jobs by kind."""

    def deliver(lease: Lease) -> None:
        deliver_batch(UUID(lease.key), channels, needs)

    return {JOB: deliver}
