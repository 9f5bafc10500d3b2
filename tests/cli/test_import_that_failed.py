"""`bylaw import punches` ends when the import has failed on the other side, and says what to do."""

import io
from pathlib import Path

import click
import httpx
import pytest
from bylaw_cli.import_files import import_punches
from bylaw_cli.rest import Rest
from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from rich.console import Console

REFUSAL = {
    "line": 0,
    "field": "file",
    "reason": "IMPORT_FAILED",
    "message": {"zh": "请再次提交同一文件。", "en": "Hand the same file in again."},
}


def _gateway() -> Flask:
    gateway = Flask("gateway")

    @gateway.post("/v1/punchImports")
    def hand_in() -> ResponseReturnValue:
        return jsonify(name="punchImports/1", state="IMPORT_STATE_RUNNING")

    @gateway.get("/v1/punchImports/1")
    def show() -> ResponseReturnValue:
        return jsonify(name="punchImports/1", state="IMPORT_STATE_FAILED", takenCount=7, refusal=REFUSAL)

    return gateway


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_failed_import_is_an_end_with_a_message(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "attlog.dat"
    file.write_text("1\t2026-02-02 08:20:00\t0\t1\n", encoding="utf-8")
    rest = Rest("http://bylaw.example", language, transport=httpx.WSGITransport(app=_gateway()))  # type: ignore[arg-type]

    with pytest.raises(click.ClickException) as failed:
        import_punches(rest, file, {}, language=language, console=Console(file=io.StringIO()))  # type: ignore[arg-type]

    assert REFUSAL["message"][language] in failed.value.message  # type: ignore[index]
    assert "IMPORT_FAILED" in failed.value.message
    assert "0" not in failed.value.message.partition(":")[0]
    assert "7" in capsys.readouterr().out
