"""Whoever reads Chinese is told in Chinese what is wrong with a command line; in English it is click's own word."""

import re
from pathlib import Path

import pytest
from bylaw_cli.main import build
from click.testing import CliRunner

WRONG = {
    ("--nonsense",): "没有选项 '--nonsense'。",
    ("nonsense",): "没有命令 'nonsense'。",
    ("up", "--prot", "1"): "没有选项 '--prot'。",
    ("up", "--port"): "选项 '--port' 需要一个值。",
    ("up", "--port", "x"): "'--port' 的值无效：'x' 不是数字。",
    ("up", "--port", "0"): "'--port' 的值无效：0 不在范围 1<=x<=65535 内。",
    ("up", "--demonstration=x"): "选项 '--demonstration' 不带值。",
    ("up", "more"): "多余的参数：more",
    ("serve",): "缺少参数",
    ("serve", "nothing"): "'nothing' 不在可选值 'people', 'attendance', 'inventory', 'orders', 'gateway' 之中。",
    ("why", "me"): "缺少参数 'PERMISSION'。",
    ("audit", "nonsense"): "没有命令 'nonsense'。",
    ("audit", "heads", "--every", "x"): "的值无效：",
    ("import", "punches", "nowhere.dat"): "nowhere.dat' 不存在。",
}
ENGLISH = re.compile(
    r"\b(is|not|no|such|missing|invalid|value|option|argument|usage|try|help|error|did|you)\b", re.IGNORECASE
)


@pytest.mark.parametrize(("typed", "said"), WRONG.items(), ids=[" ".join(typed) for typed in WRONG])
def test_what_is_wrong_is_said_in_chinese_and_where_the_help_is(typed: tuple[str, ...], said: str) -> None:
    told = CliRunner().invoke(build("zh"), typed, prog_name="bylaw")
    assert told.exit_code == 2
    assert said in told.output
    assert "错误：" in told.output
    plain = re.sub(r"'[^']*'|--\S+|\[OPTIONS\].*|\bbylaw .*", "", told.output)
    assert ENGLISH.findall(plain) == []


def test_how_the_command_is_used_and_where_its_help_is_stand_above() -> None:
    told = CliRunner().invoke(build("zh"), ["up", "--port", "0"], prog_name="bylaw")
    assert told.output.splitlines()[:2] == ["用法： bylaw up [OPTIONS]", "帮助：bylaw up --help"]


def test_in_english_it_stays_clicks_own_word() -> None:
    told = CliRunner().invoke(build("en"), ["up", "--port", "0"], prog_name="bylaw")
    assert "Error: Invalid value for '--port'" in told.output


def test_who_leaves_a_question_unanswered_is_told_that_nothing_was_done(tmp_path: Path) -> None:
    told = CliRunner().invoke(build("zh"), ["why", "me", "x"], input="", env={"BYLAW_DATA": str(tmp_path)})
    assert (told.exit_code, told.stderr) == (1, "已中止。\n")
