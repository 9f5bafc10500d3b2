"""Who was erased, by id, in a file outside of the database: a restored database does not know it any more (CUS-1)."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from bylaw_orders.rules.privacy.customer import Erasure, ErasureReason


@dataclass(frozen=True, slots=True)
class ErasuresFile:
    """A line of JSON an erasure; lines that cannot be read, such as one cut off by a crash, are passed over."""

    path: Path

    def kept(self) -> dict[UUID, tuple[datetime, ErasureReason]]:
        """When and why each was erased; nothing where there is no file yet."""
        if not self.path.exists():
            return {}
        made = dict[UUID, tuple[datetime, ErasureReason]]()
        for line in self.path.read_text("utf-8", errors="replace").splitlines():
            try:
                said = json.loads(line)
                made[UUID(said["customer"])] = datetime.fromisoformat(said["at"]), ErasureReason(said["reason"])
            except (ValueError, KeyError, TypeError):
                continue
        return made

    def add(self, made: Iterable[Erasure]) -> None:
        """Adds erasures, and answers when they are on the disk."""
        lines = [
            json.dumps({"customer": str(one.customer), "at": one.at.isoformat(), "reason": int(one.reason)})
            for one in made
        ]
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write("".join(f"\n{line}\n" for line in lines))  # a line that was cut off ends here
            file.flush()
            os.fsync(file.fileno())
