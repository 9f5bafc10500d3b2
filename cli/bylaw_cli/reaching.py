"""How a command reaches a running Bylaw: the options for it, and the client that is signed in by them."""

import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from bylaw_cli.rest import Rest
from bylaw_cli.wording import Language, Wording

TOKEN = "BYLAW_TOKEN"  # noqa: S105 - the name of the variable


def signed_in(command: Callable[..., Any], language: Language) -> Callable[..., Any]:
    """Add the options by which a command reaches and signs in to a running Bylaw."""
    url = Wording("Where Bylaw answers.", "章程的地址。").show(language)
    login = Wording(
        "Who signs in; nobody where BYLAW_TOKEN holds an access token.",
        "登录名；环境变量 BYLAW_TOKEN 有访问令牌时无需填写。",
    ).show(language)
    password = Wording("Their password; better in BYLAW_PASSWORD.", "密码；宜放在 BYLAW_PASSWORD。").show(language)
    options = (
        click.option("--url", envvar="BYLAW_URL", default="http://127.0.0.1:8080", show_default=True, help=url),
        click.option("--login", envvar="BYLAW_LOGIN", help=login),
        click.option("--password", envvar="BYLAW_PASSWORD", help=password),
    )
    for option in reversed(options):
        command = option(command)
    return command


def rest_of(given: dict[str, Any], language: Language, places: Mapping[str, str] | None = None) -> Rest:
    """Return the gateway, signed in to with an access token, or with what the options of `signed_in` were given.

    `places` says by which argument or option a field of the requests was typed.

    The access token comes by the environment alone: an option would show it to everybody on the machine.
    """
    rest, login, password = (Rest(given.pop("url"), language), given.pop("login"), given.pop("password"))
    rest.places.update(places or {})
    if context := click.get_current_context(silent=True):
        context.call_on_close(rest.close)
    if token := os.environ.get(TOKEN):
        rest.use_token(token)
        return rest
    login = login or click.prompt(Wording("Login", "登录名").show(language))
    password = password or click.prompt(Wording("Password", "密码").show(language), hide_input=True)
    rest.sign_in(login, password)
    return rest
