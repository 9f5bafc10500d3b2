"""What an installation knows of itself: its key, its database, whether it shows the demonstration."""

import stat
from pathlib import Path

import pytest
from bylaw_cli.installation import Installation, ensure_database
from bylaw_cli.own_database import administrators_address
from bylaw_cli.secrets_file import master_key
from bylaw_cli.wording import Refused
from sqlalchemy import make_url

from tests.databases import Databases


def test_the_master_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    key = master_key(tmp_path)
    assert len(key) >= 32
    assert master_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600


def test_a_key_whose_writing_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "master.key.new").write_text("half")
    assert len(master_key(tmp_path)) >= 32


def test_a_damaged_key_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "master.key").write_text("short")
    with pytest.raises(Refused, match="Restore it from your backup"):
        master_key(tmp_path)
    assert (tmp_path / "master.key").read_text() == "short"


@pytest.mark.postgresql15
def test_the_state_of_the_demonstration_outlives_the_run(database_url: str) -> None:
    assert Installation(database_url).demonstration() == "unknown"
    Installation(database_url).set_demonstration("loading")
    Installation(database_url).set_demonstration("loaded")
    assert Installation(database_url).demonstration() == "loaded"


def test_the_database_is_made_once(embedded: Databases) -> None:
    first = ensure_database(embedded.admin_url)
    assert ensure_database(embedded.admin_url) == first
    embedded.drop(first)


@pytest.mark.postgresql15
def test_an_address_without_the_name_of_the_driver_will_do(database_url: str) -> None:
    short = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    assert administrators_address(short) == database_url


def test_a_database_that_cannot_be_reached_is_named_without_its_password() -> None:
    with pytest.raises(Refused, match=r"postgresql\+psycopg://admin:\*\*\*@127.0.0.1:9/bylaw") as refused:
        administrators_address("postgresql://admin:secret@127.0.0.1:9/bylaw")
    assert "secret" not in refused.value.wording.both()


def test_what_is_no_address_is_refused_with_an_example() -> None:
    with pytest.raises(Refused, match="It looks like postgresql://"):
        administrators_address("my database")
