"""Takes the pictures of the console that pages show: `python docs/take_pictures.py`, with a chromium on the machine.

Starts the demonstration company in a folder of its own, signs in as its people, and writes
`docs/pictures/console-*.png`.
"""

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
PASSWORD = "shizhan-2026"  # noqa: S105 - the demonstration tells it to everybody
PORT = 18080
LOCALES = {"": "en-GB", ".zh-CN": "zh-CN"}
MONTH = f"{datetime.now(UTC):%Y-%m}"
VIEWS = {
    "console-month": ("wu.nian", f"/month/{MONTH}?day={MONTH}-02", ViewportSize(width=1280, height=760)),
    "console-month-phone": ("wu.nian", f"/month/{MONTH}", ViewportSize(width=390, height=760)),
    "console-overview": ("lin.yue", "/overview", ViewportSize(width=1280, height=760)),
    "console-held": ("feng.xue", "/held", ViewportSize(width=1280, height=760)),
    "console-warehouse": ("qian.feng", "/warehouse", ViewportSize(width=1280, height=760)),
    "console-clause": ("zhou.min", "/clauses/ATT-2", ViewportSize(width=1280, height=760)),
}
"""Each picture: as whom, where, and how large."""


def main() -> int:
    """Answers the process's exit code."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.stderr.write("There is no chromium on this machine.\n")
        return 1
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (login, path, size) in VIEWS.items():
            for ending, locale in LOCALES.items():
                context = browser.new_context(base_url=address, locale=locale, viewport=size)
                page = context.new_page()
                sign_in(page, login)
                page.goto(path)
                page.screenshot(path=PICTURES / f"{name}{ending}.png")
                context.close()
        browser.close()
    return 0


def sign_in(page: Page, login: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_url(lambda address: "/sign-in" not in address)


@contextmanager
def demonstration() -> Iterator[str]:
    """A running demonstration company; its address."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bylaw_cli", "up", "--data", f"{folder}/data", "--port", str(PORT)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        try:
            wait_until_ready()
            yield f"http://127.0.0.1:{PORT}"
        finally:
            process.terminate()
            process.wait(60)


def wait_until_ready() -> None:
    """Wait as long as a slow machine takes to load the company; TimeoutError after five minutes."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise TimeoutError("the demonstration company did not start")


if __name__ == "__main__":
    sys.exit(main())
