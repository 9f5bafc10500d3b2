"""Whatever a plugin does to the process that checks it: its author is told rule and place, and nothing is left."""

import sys
import time
from pathlib import Path

import psutil
import pytest
from bylaw_cli.plugin.writing import write
from bylaw_hooks import CardParameters, DayFacts
from bylaw_kit.answering import Outcome
from bylaw_kit.asking import KitEnded, asked, command
from bylaw_kit.ending import Endless, ending
from bylaw_kit.guarding import guarded
from bylaw_kit.places import place_of

from tests.plugins.kit.mutants import Sound

PLAN = "parameters: Day) -> Iterator[PlannedDay]:\n"
MARK = "bylaw-kit-test-fled"


def outcomes_of(folder: Path, line: str = "", *, module: str = "") -> list[Outcome]:
    """What the kit makes of a new plugin with this line at the head of its plan, or at the end of its module."""
    pattern = write("acme-patterns", folder) / "acme_patterns" / "day_shift.py"
    text = pattern.read_text(encoding="utf-8")
    assert PLAN in text
    inserted = f"{PLAN}        {line}\n" if line else PLAN
    pattern.write_text(text.replace(PLAN, inserted) + module, encoding="utf-8")
    environment = {"PYTHONPATH": str(folder / "acme-patterns")}
    return list(asked(command("acme_patterns", "--json", "--examples", "1"), environment=environment))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('__import__("os")._exit(0)', "its process ended with status 0"),
        ('__import__("os").kill(__import__("os").getpid(), 9)', "its process was ended by signal 9"),
        ('__import__("ctypes").string_at(0)', "its process was ended by signal 11, at day_shift.py:{line}"),
        ("__import__('sys').exit(0)", "it raised SystemExit: 0 at day_shift.py:{line}"),
    ],
    ids=["leaves", "kills itself", "crashes", "exits"],
)
def test_whoever_ends_the_process_breaks_the_rule_that_was_being_tried(line: str, why: str, tmp_path: Path) -> None:
    first = outcomes_of(tmp_path, line)[0]
    source = (tmp_path / "acme-patterns" / "acme_patterns" / "day_shift.py").read_text(encoding="utf-8")
    told = why.format(line=1 + source.splitlines().index(f"        {line}"))
    assert (first.pattern, first.rule, first.why) == ("acme-patterns-day-shift@1", "C1", told)


def test_whoever_ends_the_process_before_the_first_rule_is_told_as_no_rule(tmp_path: Path) -> None:
    with pytest.raises(KitEnded, match="status 3"):
        outcomes_of(tmp_path, module='\n__import__("os")._exit(3)\n')


def test_parameters_that_cannot_be_made_break_the_rule_about_them(tmp_path: Path) -> None:
    pattern = write("acme-patterns", tmp_path) / "acme_patterns" / "day_shift.py"
    text = pattern.read_text(encoding="utf-8")
    field = "    starts: WallTime"
    assert field in text
    raising = '    def model_post_init(self, _: object) -> None:\n        raise LookupError("never")\n\n'
    pattern.write_text(text.replace(field, raising + field), encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path / "acme-patterns")}
    (found,) = asked(command("acme_patterns", "--json", "--examples", "1"), environment=environment)
    assert (found.rule, found.why) == ("C25", "it raised LookupError: never at day_shift.py:12")


def test_whoever_prints_without_end_is_ended_and_told_so(tmp_path: Path) -> None:
    first = outcomes_of(tmp_path, 'while True: print("x" * (1 << 20))')[0]
    assert (first.rule, first.why) == ("C1", "it printed more than 64 MB")


def test_what_a_plugin_prints_is_no_answer(tmp_path: Path) -> None:
    line = 'print("{}", end="x" * (1 << 10))'
    found = outcomes_of(tmp_path, line, module='\nprint("no end of line", end="")\n')
    assert {one.rule: one.why for one in found if one.why} == {}
    assert len(found) == 29


def test_a_plugin_that_empties_its_working_folder_empties_one_of_nobodys(tmp_path: Path) -> None:
    line = "[file.unlink() for file in __import__('pathlib').Path().resolve().rglob('*') if file.is_file()]"
    found = outcomes_of(tmp_path, line)
    assert {one.rule for one in found if one.why} == {"C30"}
    assert (tmp_path / "acme-patterns" / "acme_patterns" / "day_shift.py").is_file()


def test_nobody_whom_a_plugin_has_started_is_left_though_they_fled(tmp_path: Path) -> None:
    sleeping = f"import time, sys; time.sleep(600)  # {MARK} {tmp_path}"
    start = f"__import__('subprocess').Popen([{sys.executable!r}, '-c', {sleeping!r}], start_new_session=True)"
    found = outcomes_of(tmp_path, module=f"\n{start}\n")
    assert len(found) == 29
    assert [one for one in psutil.process_iter(["cmdline"]) if sleeping in (one.info["cmdline"] or ())] == []


def test_who_waits_is_ended_though_it_takes_nothing_of_the_processor() -> None:
    class Waiting(Sound):
        def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> list[object]:  # type: ignore[override] # noqa: ARG002
            time.sleep(600)
            return []

    with pytest.raises(Endless) as ended, ending(longest_seconds=0.5):
        Waiting().compile((), CardParameters())
    assert place_of(ended.value).startswith("test_lost_processes.py:")


DEAF = """
import re, sys
from bylaw_kit.ending import die_in_time
print('{"begun": ["acme-deaf@1", "C5"]}', flush=True)
die_in_time(0.5)
re.match("(a+)+$", "a" * 60 + "b")
"""


def test_who_hears_nothing_loses_the_process_and_is_told_with_its_place(tmp_path: Path) -> None:
    script = tmp_path / "acme_deaf.py"
    script.write_text(DEAF, encoding="utf-8")
    (found,) = asked([sys.executable, str(script)])
    assert (found.pattern, found.rule) == ("acme-deaf@1", "C5")
    assert found.why.endswith("of waiting, at acme_deaf.py:6")


def test_whoever_stops_asking_leaves_nothing_running() -> None:
    with guarded([sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(600)"]) as one:
        assert next(one.lines()) == "begun"
        family = psutil.Process(one.number).children(recursive=True)
        assert family
    assert [process for process in family if process.is_running()] == []
