"""The key of the hashes by which customers are found, which lies wrapped in the database (CUS-1)."""

import sqlalchemy as sa

from bylaw_orders.vault import Index, Vault, Wrapped

_FOUND = "select key_id, wrapped from index_keys"
_MADE = "insert into index_keys (id, key_id, wrapped) values (1, %s, %s) on conflict do nothing"


class KnownIndex:
    """Hashes by the key on record, which is read once in a process and made by whoever is first."""

    def __init__(self, vault: Vault) -> None:
        self._vault, self._index = vault, None

    _index: Index | None

    @property
    def known(self) -> Index:
        """The key that was read before, as it is by whoever starts the service."""
        assert self._index is not None  # noqa: S101 - `apps.customers` reads it
        return self._index

    def of(self, connection: sa.Connection, *, may_make: bool = False) -> Index | None:
        """None where nobody has made it, so that nothing can have been hashed by it."""
        if self._index is None:
            row = connection.exec_driver_sql(_FOUND).one_or_none()
            if row is None:
                if not may_make:
                    return None
                return self._made(connection)
            self._index = self._vault.index(Wrapped(row.key_id, row.wrapped))
        return self._index

    def _made(self, connection: sa.Connection) -> Index:
        """Not remembered before it is read by somebody later: this transaction may come to nothing."""
        made = self._vault.new_index()
        connection.exec_driver_sql(_MADE, (made.key_id, made.key))
        row = connection.exec_driver_sql(_FOUND).one()
        return self._vault.index(Wrapped(row.key_id, row.wrapped))
