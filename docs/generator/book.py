"""Which pages the reference has."""

from .calls import calls_page
from .clauses import clauses_json, clauses_page
from .commands import commands_page
from .events import events_page
from .hooks import hook_pages, hooks_page
from .permissions import permissions_page
from .refusals import refusals_page
from .settings import settings_page


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "calls.md": calls_page(),
        "clauses.json": clauses_json(),
        "clauses.md": clauses_page(),
        "commands.md": commands_page(),
        "events.md": events_page(),
        "hooks.md": hooks_page(),
        **hook_pages(),
        "permissions.md": permissions_page(),
        "refusals.md": refusals_page(),
        "settings.md": settings_page(),
    }
