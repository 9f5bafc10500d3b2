"""A replay started and watched to its end; whoever is impatient learns whether it goes on at the service."""

import time
import uuid
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bylaw_cli import replay_words as words
from bylaw_cli.replay_shown import cancelled_by, reached
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Wording

DONE, CANCELLED, FAILED = "REPLAY_STATE_DONE", "REPLAY_STATE_CANCELLED", "REPLAY_STATE_FAILED"
ENDED = (DONE, CANCELLED, FAILED)
POLL_SECONDS = 0.2
INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""


def started(rest: Rest, wish: dict[str, Any], language: Language) -> dict[str, Any]:
    """A new replay once it is done; Ctrl-C cancels it, from the first moment on."""
    key = str(uuid.uuid4())
    try:
        made = rest.call("POST", "/v1/replays", wish, key=key)
        ended = _watched(rest, made, language)
    except KeyboardInterrupt:
        _leave(rest, wish, key, language)
    return _done(rest, ended, language)


def read_again(rest: Rest, name: str, language: Language) -> dict[str, Any]:
    """A replay that there is, once it is done; Ctrl-C leaves it alone."""
    found = rest.get(f"/v1/{name}")
    try:
        ended = _watched(rest, found, language)
    except KeyboardInterrupt:
        _say(words.GOES_ON, language, name=name)
        raise SystemExit(INTERRUPTED) from None
    return _done(rest, ended, language)


def cancelled(rest: Rest, name: str) -> dict[str, Any]:
    """A replay that was told to stop, as it stands."""
    found: dict[str, Any] = rest.call("POST", f"/v1/{name}:cancel", {})
    return found


def _leave(rest: Rest, wish: dict[str, Any], key: str, language: Language) -> None:
    """Cancels what was asked for under a key, and says what has become of it.

    Asked again under the key the service answers the replay that it has started, or else starts it: so there is one to
    cancel, wherever Ctrl-C came.
    """
    name = ""
    try:
        name = rest.call("POST", "/v1/replays", wish, key=key)["name"]
        ended = cancelled(rest, name)
    except (Told, KeyboardInterrupt):
        _say(words.GOES_ON if name else words.UNKNOWN_WHETHER_STARTED, language, name=name)
    else:
        said = words.YOU_CANCELLED if ended["state"] == CANCELLED else words.HAD_ENDED
        _say(said, language, name=name, **reached(ended))
    raise SystemExit(INTERRUPTED) from None


def _watched(rest: Rest, replay: dict[str, Any], language: Language) -> dict[str, Any]:
    """The replay once it has ended; where the service cannot be asked any more it is said how to come back."""
    try:
        return _watch(rest, replay, language)
    except Told as told:
        back = words.GOES_ON.show(language).format(name=replay["name"])
        raise Told(f"{told.message}\n{back}", language) from told


def _watch(rest: Rest, replay: dict[str, Any], language: Language) -> dict[str, Any]:
    console = Console(stderr=True)  # what is printed for a program stays free of it
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words.RUNNING.show(language), total=replay.get("totalCount", 0))
        while replay["state"] not in ENDED:
            time.sleep(POLL_SECONDS)
            replay = rest.get(f"/v1/{replay['name']}")
            progress.update(task, completed=replay.get("doneCount", 0))
    return replay


def _done(rest: Rest, ended: dict[str, Any], language: Language) -> dict[str, Any]:
    """The replay, if it is done; refuses one that was stopped by somebody or has failed, and says how far it came."""
    if ended["state"] == DONE:
        return ended
    if ended["state"] == FAILED:
        raise Told(words.FAILED.show(language).format(**reached(ended)), language)
    raise Told(words.CANCELLED.show(language).format(**cancelled_by(rest, ended, language)), language)


def _say(wording: Wording, language: Language, **filled: object) -> None:
    click.echo(wording.show(language).format(**filled), err=True)
