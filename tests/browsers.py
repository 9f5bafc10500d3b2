"""Which browser drives the pages of the console here, if there is one."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """Where the system's own chromium is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
