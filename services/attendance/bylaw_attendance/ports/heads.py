"""What use cases need to know of who heads which unit (ORG-3)."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa


class HeadStore(Protocol):
    """Who heads units; see `store.heads`."""

    def heads_on(self, connection: sa.Connection, units: Collection[UUID], day: date) -> dict[UUID, UUID]: ...
