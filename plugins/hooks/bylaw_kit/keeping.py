"""Tries one rule, so that whatever a policy does ends as a broken rule that is named."""

from collections.abc import Callable

from bylaw_kit.ending import ENDLESS, Endless, ending
from bylaw_kit.places import place_of
from bylaw_kit.subject import RuleBroken


def keep_rule(rule: str, check: Callable[[], None]) -> None:
    """Check it; RuleBroken names it, whatever was raised, and where it did not end."""
    try:
        with ending():
            check()
    except RuleBroken:
        raise
    except Endless as error:
        raise RuleBroken(rule, f"{ENDLESS}, at {place_of(error)}", endless=True) from None
    except (Exception, SystemExit) as error:
        raise RuleBroken(rule, f"it raised {type(error).__name__}: {error} at {place_of(error)}") from error
