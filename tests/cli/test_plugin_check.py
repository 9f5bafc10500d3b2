"""`bylaw plugin check`: a plugin as a start would take it, and every rule by its id, in the language chosen."""

from pathlib import Path

import pytest
from bylaw_cli.main import build
from bylaw_cli.plugin.checking import check
from bylaw_cli.plugin.writing import write
from bylaw_cli.wording import Language, Refused
from bylaw_kit.rules import DELIVERY, LEAVE, RULES
from click.testing import CliRunner, Result

from tests.plugins.authors_machine import built

FEW = ("--examples", "2")


def typed(language: Language, *arguments: str) -> Result:
    return CliRunner().invoke(build(language), ["plugin", "check", *arguments, *FEW], catch_exceptions=True)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write("acme-patterns", tmp_path)


def test_a_folder_is_checked_and_each_rule_is_printed_with_its_text(folder: Path) -> None:
    done = typed("en", str(folder))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("ok      acme-patterns 1.0.0 is taken in by a start of Bylaw\n")
    for rule, text in RULES.items():
        tried = rule != "C31" and rule.startswith("C")
        assert (f"acme-patterns-day-shift@1 {rule:4}{text.en}\n" in done.output) is tried, rule
    assert done.output.endswith("29 rules are kept.\n")


def test_a_wheel_is_checked_with_only_what_it_declares_in_chinese(folder: Path, tmp_path: Path) -> None:
    done = typed("zh", str(built(folder, tmp_path / "dist")))
    assert done.exit_code == 0, done.output
    assert f"C31 {RULES['C31'].zh}" in done.output
    assert done.output.endswith("30 条规则均已满足。\n")


def test_a_rule_that_is_broken_is_told_with_what_broke_it_and_the_end_is_1(folder: Path) -> None:
    change(folder / "acme_patterns" / "day_shift.py", "days_later=over_midnight)", "days_later=over_midnight) - 1")
    done = typed("en", str(folder))
    assert done.exit_code == 1
    assert (
        f"BROKEN  acme-patterns-day-shift@1 C28 {RULES['C28'].en}\n        by-default: what version 1 answered has"
        in done.output
    )
    assert done.output.endswith("Broken: C28.\n")


def test_after_a_rule_that_took_the_process_down_the_others_are_told_as_not_tried(folder: Path) -> None:
    pattern = folder / "acme_patterns" / "day_shift.py"
    change(pattern, "        late, over_midnight", '        __import__("os")._exit(0)\n        late, over_midnight')
    done = typed("en", str(folder))
    assert done.exit_code == 1
    assert "C1  only the people asked about, in their order\n        its process ended with status 0" in done.output
    assert "Not tried after that: C2, C3, " in done.output
    assert done.output.endswith("Broken: C1.\n")


def test_a_leave_policy_is_held_to_the_rules_of_leave() -> None:
    done = typed("zh", "bylaw-statutory-leave")
    assert done.exit_code == 0, done.output
    for rule, text in LEAVE.items():
        assert f"statutory-leave@1 {rule:4}{text.zh}\n" in done.output
    assert done.output.endswith("14 条规则均已满足。\n")


def test_a_delivery_channel_is_held_to_the_rules_of_channels() -> None:
    done = typed("zh", "bylaw-smtp-mail")
    assert done.exit_code == 0, done.output
    for rule, text in DELIVERY.items():
        assert f"smtp {rule:4}{text.zh}\n" in done.output
    assert done.output.endswith("6 条规则均已满足。\n")


def test_a_plugin_is_checked_by_the_name_under_which_it_is_installed() -> None:
    found = list(check("bylaw-crews", examples=1))
    assert found[0].titled.startswith("bylaw-crews ")  # type: ignore[union-attr]
    assert [one.why for one in found[1:] if one.why] == []  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"acme-patterns-day-shift"', '"zenith-day-shift"', "must begin with acme-"),
        ("ShiftPattern[Day]):", "ShiftPattern[Day]):\n    nothing = undefined", "failed while being loaded"),
    ],
)
def test_what_a_start_refuses_is_refused_here_in_the_same_words(folder: Path, old: str, new: str, why: str) -> None:
    change(folder / "acme_patterns" / "day_shift.py", old, new)
    done = typed("en", str(folder))
    assert isinstance(done.exception, Refused)
    assert why in done.exception.wording.en
    assert "acme-patterns" in done.exception.wording.zh


def test_an_entry_point_under_another_name_is_refused(folder: Path) -> None:
    change(folder / "pyproject.toml", 'acme-patterns = "acme_patterns"', 'patterns = "acme_patterns"')
    done = typed("en", str(folder))
    assert isinstance(done.exception, Refused)
    assert "call it acme-patterns" in done.exception.wording.en


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("nowhere", "no such folder or wheel"),
        ("nowhere.whl", "is no wheel"),
        ("bylaw-hooks", "names no entry point"),
        (".", "holds no pyproject.toml"),
    ],
)
def test_what_is_no_plugin_is_refused(target: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = typed("en", target)
    assert isinstance(done.exception, Refused)
    assert why in done.exception.wording.en
    assert done.exception.wording.zh != done.exception.wording.en


def test_where_the_kit_is_not_installed_one_line_says_how_to_get_it(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        next(check(str(folder), examples=1, needed=("no_such_kit",)))
    assert refused.value.wording.en.endswith('pip install "bylaw-hooks[kit]"')
    assert "\n" not in refused.value.wording.en
