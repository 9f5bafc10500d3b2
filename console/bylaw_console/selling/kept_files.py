"""Files that were just handed in, while their refused lines may be wanted back: in memory alone, and not for long.

Orders forgets a file when it has read it (CUS-1). Where this process does not have it either, whoever handed it in
chooses it once more.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple

MOST_BYTES = 32 * 1024 * 1024
LONGEST = timedelta(minutes=20)


class _Kept(NamedTuple):
    person: str
    until: datetime
    contents: tuple[bytes, ...]


class KeptFiles:
    """The files of imports by name, each for whoever handed it in; the oldest go first where it gets too much."""

    def __init__(self) -> None:
        self._lock, self._kept = threading.Lock(), OrderedDict[str, _Kept]()

    def keep(self, name: str, person: str, contents: tuple[bytes, ...], now: datetime) -> None:
        """Keep the files of an import, unless they are too large."""
        with self._lock:
            self._kept[name] = _Kept(person, now + LONGEST, contents)
            self._drop(now)

    def find(self, name: str, person: str, now: datetime) -> tuple[bytes, ...]:
        """The files of an import; none where they are not kept, or are another's."""
        with self._lock:
            self._drop(now)
            kept = self._kept.get(name)
            return kept.contents if kept and kept.person == person else ()

    def forget(self, name: str) -> None:
        """Nobody will want them back."""
        with self._lock:
            self._kept.pop(name, None)

    def _drop(self, now: datetime) -> None:
        for name in [name for name, kept in self._kept.items() if kept.until <= now]:
            del self._kept[name]
        while sum(len(content) for kept in self._kept.values() for content in kept.contents) > MOST_BYTES:
            self._kept.popitem(last=False)


KEPT = KeptFiles()
"""Those of this process."""
