"""The worker processes of `bylaw up` end in order: what they hold is given back."""

import multiprocessing
from pathlib import Path

from bylaw_cli.commands_running import WITH_SCHEMA
from bylaw_cli.hosting import MIGRATIONS, before_end


def _work(left: Path) -> None:
    before_end(lambda: left.write_text("given back"))


def test_a_worker_gives_back_what_it_holds_before_it_ends(tmp_path: Path) -> None:
    """As granian starts them: forked children, which run no `atexit`."""
    worker = multiprocessing.get_context("fork").Process(target=_work, args=(tmp_path / "left",))
    worker.start()
    worker.join(30)
    assert (tmp_path / "left").read_text() == "given back"


def test_a_command_that_only_looks_knows_every_schema_without_the_services_code() -> None:
    assert {service: kept.schema for service, kept in MIGRATIONS.items()} == {name: name for name in WITH_SCHEMA}
