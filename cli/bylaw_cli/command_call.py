"""`bylaw call`: any call of the REST interface from the shell, signed in, its answer as JSON."""

import json
import sys
from typing import Any

import click

from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.wording import Language, Wording

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
ABOUT = Wording(
    "Make any call of the REST interface and print its answer as JSON. PATH begins with /v1/; all calls are on the page"
    " /docs of a running Bylaw.\n\n\b\n"
    "bylaw call GET '/v1/people?pageSize=5'\n"
    "bylaw call POST /v1/patternAssignments - < assignment.json"
    "\n\nA BODY of - is read from standard input.",
    "调用任一 REST 接口，并以 JSON 打印结果。PATH 以 /v1/ 开头；全部接口见运行中的章程的 /docs 页面。\n\n\b\n"
    "bylaw call GET '/v1/people?pageSize=5'\n"
    "bylaw call POST /v1/patternAssignments - < assignment.json"
    "\n\nBODY 为 - 时从标准输入读取。",
)
NOT_JSON = Wording("BODY is not JSON", "BODY 不是 JSON")
NO_PATH = Wording("PATH begins with /v1/, as in /v1/people.", "PATH 应以 /v1/ 开头，例如 /v1/people。")


def call_command(language: Language) -> click.Command:
    """Return `bylaw call METHOD PATH [BODY]`."""

    @click.argument("method", type=click.Choice(METHODS, case_sensitive=False))
    @click.argument("path")
    @click.argument("body", required=False)
    def call(method: str, path: str, body: str | None, **given: Any) -> None:
        if not path.startswith("/v1/"):
            raise Told(NO_PATH.show(language), language)
        message = _message(body, language)
        found = rest_of(given, language).call(method, path, message)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))

    return click.command("call", help=ABOUT.show(language))(signed_in(call, language))


def _message(body: str | None, language: Language) -> Any:
    """Return the body as JSON says it; nothing where there is none."""
    if body is None:
        return None
    text = sys.stdin.read() if body == "-" else body
    try:
        return json.loads(text)
    except ValueError as error:
        raise Told(f"{NOT_JSON.show(language)}: {error}", language) from error
