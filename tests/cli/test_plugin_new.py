"""`bylaw plugin new`: what it writes is valid at once where only the hooks are; what it cannot write it says."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from bylaw_cli.main import build, main
from bylaw_cli.plugin.naming import LAYOUT, PATTERN, Kind
from bylaw_cli.plugin.placing import placed
from bylaw_cli.plugin.writing import write
from bylaw_cli.wording import Refused
from bylaw_plugin_host.starting import introduced
from click.testing import CliRunner

from tests.plugins.authors_machine import Environment, clean_environment, with_the_hooks

ROOT = Path(__file__).parents[2]
STYLE = ("--config", str(ROOT / "plugins" / "example_company" / "pyproject.toml"), "--no-cache")


@pytest.fixture(scope="module")
def authors(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return with_the_hooks(tmp_path_factory.mktemp("author") / "environment")


def named(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["harbour-light-patterns", "zenith"])
def test_the_tests_of_a_new_plugin_pass_where_only_the_hooks_and_their_kit_are(
    name: str, authors: Environment, tmp_path: Path
) -> None:
    folder = write(name, tmp_path)
    done = authors.run("-m", "pytest", "-q", "--bylaw-examples", "4", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "32 passed" in done.stdout
    assert authors.run("-c", "import bylaw_chassis", cwd=folder).returncode == 1


def test_a_new_plugin_has_its_own_names_everywhere_and_its_golden(tmp_path: Path) -> None:
    folder = write("harbour-light-patterns", tmp_path)
    assert named(folder) == {
        ".gitignore",
        "README.md",
        "pyproject.toml",
        "harbour_light_patterns/__init__.py",
        "harbour_light_patterns/day_shift.py",
        "harbour_light_patterns/golden/harbour-light-patterns-day-shift@1.json",
        "harbour_light_patterns/py.typed",
        "tests/test_day_shift.py",
    }
    assert not [path for path in folder.rglob("*") if path.is_file() and "acme" in path.read_text(encoding="utf-8")]


def test_the_tests_of_a_new_layout_pass_where_only_the_hooks_and_their_kit_are(
    authors: Environment, tmp_path: Path
) -> None:
    folder = write("harbour-light-layouts", tmp_path, kind=LAYOUT)
    assert named(folder) == {
        ".gitignore",
        "README.md",
        "pyproject.toml",
        "harbour_light_layouts/__init__.py",
        "harbour_light_layouts/payroll.py",
        "harbour_light_layouts/py.typed",
        "tests/test_payroll.py",
    }
    assert not [path for path in folder.rglob("*.*") if path.is_file() and b"acme" in path.read_bytes()]
    done = authors.run("-m", "pytest", "-q", "--bylaw-examples", "4", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_layout_is_taken_in_by_a_start_under_the_name_that_was_asked_for(tmp_path: Path) -> None:
    asked = ["plugin", "new", "zenith-files", "--kind", "layout", "--layout", "zenith-wages", "--into", str(tmp_path)]
    done = CliRunner().invoke(build("en"), asked)
    assert done.exit_code == 0, done.output
    assert "Its layout is called zenith-wages, version 1." in done.output
    with ExitStack() as stack:
        (runner,) = introduced([stack.enter_context(placed(str(tmp_path / "zenith-files")))])
        assert [one.identity for one in runner.manifest.layouts] == ["zenith-wages@1"]
        runner.close()


def test_a_name_for_what_the_plugin_does_not_hold_is_refused(tmp_path: Path) -> None:
    asked = ["plugin", "new", "zenith-files", "--kind", "layout", "--pattern", "zenith-day", "--into", str(tmp_path)]
    done = CliRunner().invoke(build("en"), asked)
    assert done.exit_code == 2
    assert "--kind layout goes with --layout" in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("name", "kind"), [("acme-patterns", PATTERN), ("acme-layouts", LAYOUT)])
def test_a_new_plugin_is_in_the_style_of_ours_and_typed(name: str, kind: Kind, tmp_path: Path) -> None:
    folder = write(name, tmp_path, kind=kind)
    for tool in (["ruff", "check", *STYLE, "."], ["ruff", "format", "--check", *STYLE, "."], ["mypy", "--strict", "."]):
        done = subprocess.run(
            [sys.executable, "-m", *tool],
            cwd=folder,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Acme", "no name for a plugin"),
        ("acme_patterns", "no name for a plugin"),
        ("acme--patterns", "no name for a plugin"),
        ("3-shifts", "no name for a plugin"),
        ("../acme", "no name for a plugin"),
        ("", "no name for a plugin"),
        ("a" * 61, "no name for a plugin"),
        ("bylaw-patterns", "begin with bylaw"),
        ("class", "Python knows"),
        ("json", "Python knows"),
        ("pydantic", "Python knows"),
    ],
)
def test_a_name_that_would_not_do_is_refused_and_nothing_is_written(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write(name, tmp_path)
    assert why in refused.value.wording.en
    assert refused.value.wording.zh
    assert list(tmp_path.iterdir()) == []


def test_two_packages_of_one_company_can_be_installed_side_by_side(tmp_path: Path) -> None:
    packages = ("acme-patterns", "acme-night-patterns")
    for name in packages:
        typed = CliRunner().invoke(build("en"), ["plugin", "new", name, "--into", str(tmp_path)])
        assert f"Its pattern is called {name}-day-shift, version 1." in typed.output
    with ExitStack() as stack:
        found = [stack.enter_context(placed(str(tmp_path / name))) for name in packages]
        for runner in introduced(found):
            runner.close()


def test_the_patterns_name_can_be_asked_for(tmp_path: Path, authors: Environment) -> None:
    folder = write("acme-patterns", tmp_path, "acme-early-bird")
    assert (folder / "acme_patterns" / "golden" / "acme-early-bird@1.json").is_file()
    done = authors.run("-m", "pytest", "-q", "--bylaw-examples", "2", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("pattern", ["zenith-shift", "acme", "acme-", "Acme-shift", "acme-shift@1", "acmes-shift"])
def test_a_patterns_name_that_a_start_would_refuse_is_refused_and_nothing_is_written(
    pattern: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        write("acme-patterns", tmp_path, pattern)
    assert "beginning with acme-" in refused.value.wording.en
    assert "acme-patterns-day-shift" in refused.value.wording.zh
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "acme-patterns").mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["plugin", "new", "acme-patterns", "--into", str(tmp_path)])
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "is there already" in said
    assert "已经存在" in said
    assert list((tmp_path / "acme-patterns").iterdir()) == []


def test_into_a_folder_that_is_not_there_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write("acme-patterns", tmp_path / "nowhere")
    assert "no folder" in refused.value.wording.en
