"""Who heads units on a day; every service knows it alike."""

from bylaw_chassis.organisation.heads import heads_on

__all__ = ["heads_on"]
