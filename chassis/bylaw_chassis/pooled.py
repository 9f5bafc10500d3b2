"""A connection of the pool as units of work and look-ups have it: most of what they say goes beneath SQLAlchemy."""

import psycopg
import sqlalchemy as sa

from bylaw_chassis.time_bounds import BOUND_AT, NEVER, driver_of


class Pooled:
    """The driver's connection, what is known of it, and SQLAlchemy's over it.

    That one is made where somebody asks for it: to begin and end one is a twentieth of our part of a small write.
    """

    def __init__(self, engine: sa.Engine) -> None:
        """Raises as SQLAlchemy where it connects: TimeoutError where the pool is used up, and OperationalError."""
        try:
            self._taken = engine.raw_connection()
        except psycopg.Error as error:
            raise sa.exc.OperationalError(None, None, error) from error
        self._engine = engine
        self._over: sa.Connection | None = None
        self.driver, self.known = driver_of(self._taken), self._taken.info
        self.known[BOUND_AT] = NEVER

    @property
    def over(self) -> sa.Connection:
        """SQLAlchemy's, in the transaction that is open or begins with its first statement, and bounded as that is."""
        if self._over is None:
            bound_at = self.known[BOUND_AT]
            self._over = sa.Connection(self._engine, self._taken)
            self._over.begin()
            self.known[BOUND_AT] = bound_at
        return self._over

    def roll_back(self) -> None:
        """Undoes what is open; raises where the session has ended."""
        (self._over or self.driver).rollback()

    def close(self) -> None:
        """Back to the pool, which replaces one whose session has ended."""
        if self._over:
            self._over.close()
        elif self.driver.closed:
            self._taken.invalidate()
        else:
            self._taken.close()
