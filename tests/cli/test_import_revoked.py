"""`bylaw import revoke` against a small gateway; an import that is probably of another site says how it is undone."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from bylaw_cli.import_files import import_punches
from bylaw_cli.main import build
from bylaw_cli.rest import Rest
from bylaw_cli.wording import Language
from click.testing import CliRunner
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from rich.console import Console
from werkzeug.serving import make_server

NAME = "punchImports/7"
WARNING = {
    "line": 0,
    "field": "site",
    "reason": "PUNCH_IMPORT_OTHER_SITE",
    "message": {"zh": "多数人属于 SH。", "en": "Most belong to SH."},
}
REVOCATION = {
    "reason": "wrong site",
    "struckCount": 8,
    "remainingCount": 4,
    "remaining": [{"sheet": "people/li/sheets/2026-02", "employeeNumber": "1020", "punchCount": 4}],
    "handInAgain": ["punchImports/9"],
}

IMPORTS = [
    {
        "name": "punchImports/9",
        "state": "IMPORT_STATE_DONE",
        "fileName": "again.dat",
        "readCount": 8,
        "repeatedCount": 8,
        "createTime": "2026-03-02T04:00:00Z",
        "site": "sites/h",
    },
    {
        "name": NAME,
        "state": "IMPORT_STATE_DONE",
        "fileName": "",
        "createTime": "2026-03-01T04:00:00Z",
        "revocation": REVOCATION,
    },
]


def gateway(asked: list[Any]) -> Flask:
    app = Flask("gateway")

    @app.post("/v1/punchImports")
    def hand_in() -> ResponseReturnValue:
        return jsonify(name=NAME, state="IMPORT_STATE_DONE", readCount=8, takenCount=8, warning=WARNING)

    @app.get("/v1/punchImports")
    def listed() -> ResponseReturnValue:
        asked.append(request.args.to_dict())
        return jsonify(punchImports=IMPORTS)

    @app.post("/v1/punchImports/7:revoke")
    def revoke() -> ResponseReturnValue:
        asked.append(request.json)
        return jsonify(name=NAME, state="IMPORT_STATE_DONE", revocation=REVOCATION)

    return app


@pytest.fixture
def asked() -> list[Any]:
    return []


@pytest.fixture
def address(asked: list[Any]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, gateway(asked), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("name", [NAME, "7"])
def test_what_was_struck_what_remains_and_what_is_to_be_handed_in_again_is_said(
    name: str, address: str, asked: list[Any]
) -> None:
    typed = ["import", "revoke", name, "--reason", "wrong site", "--url", address]
    done = CliRunner().invoke(build("en"), typed, env={"BYLAW_TOKEN": "token"})

    assert (done.exit_code, asked) == (0, [{"reason": "wrong site"}]), done.output
    assert done.output.splitlines() == [
        "punchImports/7: 8 punches count no more",
        "4 remain, because their months were closed; correct these sheets and strike what does not count:",
        "  people/li/sheets/2026-02  1020  4 punches",
        "These imports had found punches on record meanwhile; hand their files in again:",
        "  punchImports/9",
    ]


def test_without_a_reason_nothing_is_asked(address: str, asked: list[Any]) -> None:
    done = CliRunner().invoke(build("zh"), ["import", "revoke", NAME, "--url", address], env={"BYLAW_TOKEN": "token"})
    assert (done.exit_code, asked) == (2, [])


def test_imports_are_listed_with_their_names_states_and_counts(address: str, asked: list[Any]) -> None:
    typed = ["import", "list", "--state", "done", "--url", address]
    done = CliRunner().invoke(build("en"), typed, env={"BYLAW_TOKEN": "token", "TZ": "UTC"})
    assert (done.exit_code, asked) == (0, [{"state": "IMPORT_STATE_DONE"}]), done.output
    rows = [line.split() for line in done.output.splitlines()]
    assert rows[1][:3] == ["punchImports/9", "done", "2026-03-02"]
    assert rows[1][-6:] == ["sites/h", "again.dat", "8", "0", "8", "0"]
    assert rows[2][:3] == [NAME, "taken", "back"]

    as_json = CliRunner().invoke(build("zh"), ["import", "list", "--json", "--url", address], env={"BYLAW_TOKEN": "t"})
    assert [one["name"] for one in json.loads(as_json.output)] == ["punchImports/9", NAME]


@pytest.mark.parametrize(("language", "said"), [("zh", "多数人属于 SH。"), ("en", "Most belong to SH.")])
def test_an_import_that_is_probably_of_another_site_says_so_and_how_to_take_it_back(
    language: Language, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "attlog.dat"
    file.write_text("1\t2026-02-02 08:20:00\t0\t1\n", encoding="utf-8")
    rest = Rest("http://bylaw.example", language, transport=httpx.WSGITransport(app=gateway([])))

    import_punches(rest, file, {}, language=language, console=Console(file=io.StringIO()))

    told = capsys.readouterr()
    assert NAME in told.out
    assert said in told.err
    assert f"bylaw import revoke {NAME} --reason" in told.err
