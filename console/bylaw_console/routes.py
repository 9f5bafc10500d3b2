"""What stands at which address: a page's function, the verbs it takes, and who has any use for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response

View = Callable[..., Response]
"""Takes the `Desk` and what the address holds, by name."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `needs` are permissions of which one must be held somewhere: the calls behind it decide the rest.

    `is_public` pages are there before anybody has signed in; `largest_bytes` is the most that may be sent to it.
    """

    path: str
    view: View
    methods: tuple[str, ...] = ("GET",)
    needs: tuple[str, ...] = ()
    is_public: bool = False
    largest_bytes: int = 1024 * 1024

    @property
    def endpoint(self) -> str:
        """By which Flask knows it."""
        return f"{self.view.__module__.rpartition('.')[2]}.{self.view.__name__}".replace(".", "-")

    def fits(self, member: Any) -> bool:
        """Whether somebody has any use for it."""
        return not self.needs or (member is not None and member.may(*self.needs))


def get(path: str, view: View, **more: Any) -> Route:
    """A page that is looked at."""
    return Route(path, view, **more)


def post(path: str, view: View, **more: Any) -> Route:
    """A deed that a form sends."""
    return Route(path, view, methods=("POST",), **more)
