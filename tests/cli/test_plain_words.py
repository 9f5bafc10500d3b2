"""What an operator can mend is told in plain words, with what to do; anything else keeps its trace."""

from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.settings import SettingWrong
from bylaw_cli.plain_words import told_plainly
from bylaw_cli.wording import Refused

from tests.databases import Databases, plain


def test_a_disk_that_fills_up_while_the_database_writes_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Disk full: .* No data was lost"), told_plainly(tmp_path):
        raise sa.exc.OperationalError("insert", {}, psycopg.errors.DiskFull("could not extend file"))


def _make_role_as_somebody_powerless(connection: psycopg.Connection, folder: Path) -> None:
    with told_plainly(folder), connection.transaction(force_rollback=True):
        connection.execute("create role powerless")
        connection.execute("set local role powerless")
        connection.execute("create role another")


def test_a_role_that_may_not_create_roles_is_told_which_rights_it_lacks(embedded: Databases, tmp_path: Path) -> None:
    with (
        psycopg.connect(plain(embedded.admin_url)) as connection,
        pytest.raises(Refused, match="CREATEROLE") as refused,
    ):
        _make_role_as_somebody_powerless(connection, tmp_path)
    assert "CREATEROLE" in refused.value.wording.zh


def test_a_wrong_setting_is_repeated_as_it_was_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="BYLAW_THREADS"), told_plainly(tmp_path):
        raise SettingWrong("BYLAW_THREADS: must be a number")


def test_a_fault_of_ours_is_not_dressed_up(tmp_path: Path) -> None:
    with pytest.raises(psycopg.errors.SyntaxError), told_plainly(tmp_path):
        raise psycopg.errors.SyntaxError("select")
