"""Months over which a policy cost a process: refused from memory for a while, so that others' turns come."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from bylaw_hooks import MonthFacts

from bylaw_plugin_host.outcomes import PolicyBroken

KEPT, REFUSED_TIMES = 1_000, 20
"""So many months are remembered; each is tried again after so many refusals, for it may have been the machine."""
Key = tuple[str, str, MonthFacts]


class Culprits:
    """Safe for threads. A call that gives up after some culprits meets the next ones at the next call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, tuple[PolicyBroken, int]] = OrderedDict()

    def known(self, identity: str, parameters: str, months: Sequence[MonthFacts]) -> dict[int, PolicyBroken]:
        """Those of these months that are refused from memory, by place."""
        with self._lock:
            if not any(key[:2] == (identity, parameters) for key in self._kept):
                return {}
            found = {place: self._refused((identity, parameters, month)) for place, month in enumerate(months)}
        return {place: broken for place, broken in found.items() if broken}

    def keep(self, identity: str, parameters: str, culprits: Mapping[MonthFacts, PolicyBroken]) -> None:
        """Remembers what a call has found."""
        with self._lock:
            for month, broken in culprits.items():
                self._kept[identity, parameters, month] = (broken, REFUSED_TIMES)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _refused(self, key: Key) -> PolicyBroken | None:
        broken, times = self._kept.pop(key, (None, 0))
        if broken and times > 1:
            self._kept[key] = (broken, times - 1)
        return broken
