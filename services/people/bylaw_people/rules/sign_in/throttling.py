"""How long somebody waits who got it wrong: a little for an account, longer for an address, never a lock."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """So many failures are free; then each wait is twice the one before, up to the longest.

    Failures count no more when there was none for `forgotten_after`; where `window` is set, so long after the first.
    """

    free: int
    longest_seconds: int
    forgotten_after: timedelta = timedelta(minutes=15)
    window: timedelta | None = None

    def wait_seconds(self, failures: int) -> int:
        """How long after so many failures nothing is tried."""
        beyond = failures - self.free
        return min(self.longest_seconds, 2 ** min(beyond, 16)) if beyond >= 0 else 0


PATIENCE = {
    # An account's own: strangers, and each known device by itself, so that strangers cannot keep the owner out.
    "login": Patience(5, 60),
    "device": Patience(5, 60),
    "factor": Patience(5, 60),
    # Many people share an address; whoever goes on from it waits longer.
    "address": Patience(50, 900),
    # All strangers together: many addresses and many logins. Short, for it meets the innocent too.
    "everyone": Patience(600, 8, window=timedelta(minutes=1)),
    # Sign-ins with the provider that are begun: each is kept for a while, whether anybody comes back or not.
    "flows_of_address": Patience(60, 60, window=timedelta(minutes=1)),
    "flows": Patience(600, 8, window=timedelta(minutes=1)),
}
LONGEST_FORGOTTEN = timedelta(days=1)
"""What is older than this need not be kept."""
