"""The first account's password: made once, never written where it would not open, made anew for who holds the key."""

import stat
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.database import Database
from bylaw_cli import administrator, first_account
from bylaw_cli.main import build
from bylaw_cli.web import Listening
from bylaw_cli.welcome import welcome
from bylaw_cli.wording import Refused
from click.testing import CliRunner

from tests.builders.people import PeopleService, people_service, reason
from tests.databases import Databases


@pytest.fixture
def people(embedded: Databases) -> Iterator[PeopleService]:
    """A people service; the account `administrator` is not made yet."""
    with people_service(embedded) as service:
        yield service


@pytest.fixture
def database(people: PeopleService) -> Database:
    return people.service.database


def _signs_in(people: PeopleService, password: str) -> bool:
    wish = sessions.CreateSessionRequest(login=administrator.LOGIN, password=password)
    return bool(people.sign_in.CreateSession(wish).access_token)


def test_a_start_makes_the_account_once_with_the_password_on_disk(
    people: PeopleService, database: Database, tmp_path: Path
) -> None:
    first_account.ensure(tmp_path, database)
    password = administrator.password_of(tmp_path)
    first_account.ensure(tmp_path, database)
    assert administrator.password_of(tmp_path) == password
    assert _signs_in(people, password)
    assert stat.S_IMODE((tmp_path / administrator.PASSWORD_FILE).stat().st_mode) == 0o600


def test_a_start_killed_between_file_and_account_makes_the_account_with_the_files_password(
    people: PeopleService, database: Database, tmp_path: Path
) -> None:
    (tmp_path / administrator.PASSWORD_FILE).write_text("written-before-the-kill\n")
    first_account.ensure(tmp_path, database)
    assert _signs_in(people, "written-before-the-kill")


def test_a_deleted_file_is_not_replaced_by_a_password_that_would_not_open(database: Database, tmp_path: Path) -> None:
    first_account.ensure(tmp_path, database)
    (tmp_path / administrator.PASSWORD_FILE).unlink()
    first_account.ensure(tmp_path, database)
    assert not (tmp_path / administrator.PASSWORD_FILE).exists()
    said = welcome(Listening("127.0.0.1", 8080, 1), tmp_path, ())
    assert "bylaw administrator --reset-password" in said.en
    assert "密码文件已不在" in said.zh
    with pytest.raises(Refused, match="is gone"):
        administrator.password_of(tmp_path)


def test_a_reset_gives_a_password_that_opens_and_the_old_one_no_longer_does(
    people: PeopleService, database: Database, tmp_path: Path
) -> None:
    first_account.ensure(tmp_path, database)
    old = administrator.password_of(tmp_path)
    assert first_account.reset(tmp_path, database) == tmp_path / administrator.PASSWORD_FILE
    assert _signs_in(people, administrator.password_of(tmp_path))
    with pytest.raises(grpc.RpcError) as refused:
        _signs_in(people, old)
    assert reason(refused.value) == "SIGN_IN_REFUSED"


def test_whoever_tried_too_often_signs_in_at_once_after_a_reset(
    people: PeopleService, database: Database, tmp_path: Path
) -> None:
    first_account.ensure(tmp_path, database)
    for _ in range(6):
        with pytest.raises(grpc.RpcError) as refused:
            _signs_in(people, "not it at all")
    assert reason(refused.value) == "SIGN_IN_THROTTLED"
    first_account.reset(tmp_path, database)
    assert _signs_in(people, administrator.password_of(tmp_path))


def test_an_account_that_was_given_another_login_is_still_the_first_and_a_reset_gives_its_own_back(
    people: PeopleService, database: Database, tmp_path: Path
) -> None:
    first_account.ensure(tmp_path, database)
    asked = staff.ListPeopleRequest(number=administrator.LOGIN)
    (account,) = people.staff.ListPeople(asked, metadata=people.everything).people
    account.login = "root"
    people.staff.UpdatePerson(staff.UpdatePersonRequest(person=account), metadata=people.everything)

    first_account.ensure(tmp_path, database)
    first_account.reset(tmp_path, database)

    assert _signs_in(people, administrator.password_of(tmp_path))


def test_an_account_that_was_never_made_is_not_reset(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no account `administrator` yet") as refused:
        first_account.reset(tmp_path, database)
    assert "尚无账户" in refused.value.wording.zh
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_master_key_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    command = ["administrator", "--reset-password", "--data", str(tmp_path / "nothing")]
    said = CliRunner().invoke(build("en"), command)
    assert isinstance(said.exception, Refused)
    assert "holds no master key" in said.exception.wording.en
    assert not (tmp_path / "nothing").exists()


def test_the_command_says_where_the_password_lies(tmp_path: Path) -> None:
    command = ["administrator", "--data", str(tmp_path)]
    assert "--reset-password" in CliRunner().invoke(build("en"), command).output
    (tmp_path / administrator.PASSWORD_FILE).write_text("x")
    assert f"{tmp_path}/administrator.password" in CliRunner().invoke(build("zh"), command).output
