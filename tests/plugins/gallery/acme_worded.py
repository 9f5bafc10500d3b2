"""Patterns that say which words of a rota they know: by their parameters, as nonsense, with a fault, or without end."""

from typing import Any

from bylaw_hooks import CardParameters, ShiftPattern, hookimpl, setting
from ordinary import Ordinary

bylaw_api = 1


class Shifts(CardParameters):
    """The company's own words."""

    codes: tuple[str, ...] = setting("班次", "Shifts", default=("early", "晚"))


class Worded(Ordinary):
    """Its words are a parameter."""

    name, parameters = "acme-worded", Shifts

    def cells(self, parameters: Any) -> Any:
        return parameters.codes


class Odd(Worded):
    """Its words are none."""

    name = "acme-worded-oddly"

    def cells(self, parameters: Any) -> Any:  # noqa: ARG002
        return ("early", 7)


class Raising(Worded):
    """It cannot say."""

    name = "acme-worded-raising"

    def cells(self, parameters: Any) -> Any:
        raise ZeroDivisionError(len(parameters.codes))


class Endless(Worded):
    """It never stops."""

    name = "acme-worded-endless"

    def cells(self, parameters: Any) -> Any:  # noqa: ARG002
        while True:
            pass


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Worded(), Odd(), Raising(), Endless()]
