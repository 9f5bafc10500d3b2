"""What commands share in speaking to people: JSON for programs, and the question whether something shall be sent."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import click

from bylaw_cli.rest import Told
from bylaw_cli.wording import Language, Wording

JSON = Wording("Print the answer as JSON instead.", "改为输出 JSON。")
YES = Wording("Send it without asking.", "不再询问，直接提交。")
SEND = Wording("Send it?", "确认提交？")
NOTHING_SENT = Wording("Nothing was sent.", "未提交任何内容。")
NOTHING = Wording("There is nothing.", "没有内容。")
SPARED, UNSEEN = "\n\u200d", "\ufffd"
"""The end of a line, and what joins the parts of a sign; what stands for a character that cannot be seen."""
Command = Callable[..., Any]


def json_option(language: Language) -> Callable[[Command], Command]:
    """Return the option `--json`, given to the command as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=JSON.show(language))


def yes_option(language: Language) -> Callable[[Command], Command]:
    """Return the option `--yes`."""
    return click.option("--yes", "-y", is_flag=True, help=YES.show(language))


def tell(found: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print what was answered: for people by lines, or as it came for programs."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(visible(line))


def visible(text: str) -> str:
    """A text as a terminal may be shown it: what would move its cursor or turn letters round is shown as a sign.

    Customers write whatever they like into what is shown here.
    """
    return "".join(one if one.isprintable() or one in SPARED else UNSEEN for one in text)


def sure(shown: Iterable[str], language: Language, *, yes: bool, as_json: bool) -> None:
    """Show what would be sent and ask whether it shall be; whoever does not say so has sent nothing.

    What is printed for a program stays free of it.
    """
    for line in shown:
        click.echo(line, err=as_json)
    if not yes and not click.confirm(SEND.show(language), err=as_json):
        raise Told(NOTHING_SENT.show(language), language)
