"""Guessing: waits that grow, for an account, for an address and for all strangers; the owner's own device goes on."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw_chassis.status import refusal_from

from tests.builders.addresses import coming_from
from tests.builders.people import PASSWORD, PeopleService
from tests.builders.sign_in import answer_bytes, refreshed, refusal, session_of
from tests.integration.people.conftest import Shop

WRONG = "not it at all"


def wrong_tries(people: PeopleService, login: str, count: int, address: str = "", **more: str) -> list[str]:
    metadata = coming_from(address)
    return [refusal(lambda: session_of(people, login, WRONG, metadata, **more)) for _ in range(count)]


def wait_seconds(people: PeopleService, login: str, address: str = "") -> int:
    with pytest.raises(grpc.RpcError) as refused:
        session_of(people, login, WRONG, coming_from(address))
    return int(refusal_from(refused.value).variables.get("seconds", "0"))


def test_five_failures_make_the_next_try_wait_and_never_longer_than_a_minute(shop: Shop) -> None:
    people = shop.service
    assert wrong_tries(people, "wang", 6) == ["SIGN_IN_REFUSED"] * 5 + ["SIGN_IN_THROTTLED"]
    assert refusal(lambda: people.signed_in("wang")) == "SIGN_IN_THROTTLED"
    assert people.signed_in("zhao")
    waits = []
    for _ in range(9):
        waits.append(wait_seconds(people, "wang"))
        people.clock.pass_time(seconds=waits[-1])
        wrong_tries(people, "wang", 1)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    people.clock.pass_time(seconds=60)
    assert people.signed_in("wang")
    assert wrong_tries(people, "wang", 4) == ["SIGN_IN_REFUSED"] * 4


def test_an_unknown_login_is_throttled_just_like_a_known_one(people: PeopleService) -> None:
    assert wrong_tries(people, "nobody", 6) == wrong_tries(people, "admin", 6)


def test_the_wait_tells_nobody_whether_the_password_was_right(shop: Shop) -> None:
    people = shop.service
    wrong_tries(people, "wang", 5)
    wrong_tries(people, "nobody", 5)
    tries = [("wang", PASSWORD), ("wang", WRONG), ("nobody", PASSWORD)]
    answers = {answer_bytes(lambda login=login, word=word: session_of(people, login, word)) for login, word in tries}
    assert len(answers) == 1


def test_many_guesses_at_once_do_not_outrun_the_count(people: PeopleService) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: wrong_tries(people, "admin", 2), range(6)))
    assert [*itertools.chain(*answers)].count("SIGN_IN_REFUSED") == 5


def test_a_try_that_waited_for_a_success_counts_afresh(shop: Shop) -> None:
    """The success takes the count's row away; whoever waited for the row must not stumble over its absence."""
    people = shop.service
    wrong_tries(people, "wang", 3)
    with ThreadPoolExecutor(1) as pool:
        with people.service.database.engine.begin() as success:
            success.execute(sa.text("select from sign_in_failures for update"))
            waiting = pool.submit(wrong_tries, people, "wang", 1)
            with pytest.raises(TimeoutError):
                waiting.result(0.5)
            success.execute(sa.text("delete from sign_in_failures"))
        assert waiting.result() == ["SIGN_IN_REFUSED"]
    assert wrong_tries(people, "wang", 5) == ["SIGN_IN_REFUSED"] * 4 + ["SIGN_IN_THROTTLED"]


@pytest.mark.postgresql15
def test_a_stranger_who_goes_on_guessing_does_not_keep_the_owner_out_of_a_known_device(shop: Shop) -> None:
    people = shop.service
    device = session_of(people, "wang").device_token
    for _ in range(12):
        wrong_tries(people, "wang", 1, "203.0.113.9")
        people.clock.pass_time(seconds=7)
    wrong_tries(people, "wang", 7, "203.0.113.9")
    assert refusal(lambda: session_of(people, "wang")) == "SIGN_IN_THROTTLED"
    owner = session_of(people, "wang", device_token=device, metadata=coming_from("203.0.113.9"))
    assert (owner.person, owner.device_token) == (shop.wang.name, "")
    assert refusal(lambda: session_of(people, "wang")) == "SIGN_IN_THROTTLED"


def test_a_known_device_is_counted_too(shop: Shop) -> None:
    people = shop.service
    device = session_of(people, "wang").device_token
    tries = wrong_tries(people, "wang", 6, device_token=device)
    assert tries == ["SIGN_IN_REFUSED"] * 5 + ["SIGN_IN_THROTTLED"]
    assert session_of(people, "wang").person == shop.wang.name


def test_a_device_token_of_somebody_else_or_of_nobody_makes_no_device_known(shop: Shop) -> None:
    people = shop.service
    zhaos = session_of(people, "zhao").device_token
    wrong_tries(people, "wang", 5)
    for token in (zhaos, zhaos[:-1], "bylaw_device_" + "0" * 72, "x" * 10_000, ""):
        assert refusal(lambda token=token: session_of(people, "wang", device_token=token)) == "SIGN_IN_THROTTLED"


def test_one_address_that_tries_many_logins_waits_and_others_do_not(people: PeopleService) -> None:
    for number in range(50):
        assert wrong_tries(people, f"login-{number}", 1, "203.0.113.9") == ["SIGN_IN_REFUSED"]
    assert wrong_tries(people, "admin", 1, "203.0.113.9") == ["SIGN_IN_THROTTLED"]
    assert wrong_tries(people, "admin", 1, "203.0.113.10") == ["SIGN_IN_REFUSED"]


def test_an_address_that_goes_on_waits_longer_than_an_account_would(people: PeopleService) -> None:
    for number in range(50):
        wrong_tries(people, f"login-{number}", 1, "203.0.113.9")
    waits = []
    for number in range(12):
        waits.append(wait_seconds(people, f"other-{number}", "203.0.113.9"))
        people.clock.pass_time(seconds=waits[-1])
        wrong_tries(people, f"third-{number}", 1, "203.0.113.9")
    assert waits[:7] == [1, 2, 4, 8, 16, 32, 64]
    assert waits[-1] == 900


def test_a_spray_over_many_logins_from_many_addresses_waits_and_known_devices_do_not(shop: Shop) -> None:
    people = shop.service
    device = session_of(people, "wang").device_token
    for number in range(600):
        wrong_tries(people, f"login-{number}", 1, f"2001:db8::{number:x}")
    assert wrong_tries(people, "one-more", 1, "2001:db8::ffff") == ["SIGN_IN_THROTTLED"]
    assert wait_seconds(people, "another", "2001:db8::fffe") == 1
    assert session_of(people, "wang", device_token=device).person == shop.wang.name
    people.clock.pass_time(minutes=2)
    assert session_of(people, "zhao").person == shop.zhao.name


def test_refreshing_moves_no_count(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    wrong_tries(people, "wang", 4)
    before = counts(people)
    refreshed(people, session.refresh_token)
    assert counts(people) == before
    assert wrong_tries(people, "wang", 2) == ["SIGN_IN_REFUSED", "SIGN_IN_THROTTLED"]


def counts(people: PeopleService) -> list[tuple[bytes, int]]:
    with people.service.database.engine.connect() as connection:
        rows = connection.execute(sa.text("select key, failures from sign_in_failures order by key"))
        return [(bytes(row.key), row.failures) for row in rows]


def test_wrong_old_passwords_count_apart_from_what_strangers_try(shop: Shop) -> None:
    people = shop.service
    token = people.signed_in("wang")
    wrong_tries(people, "wang", 6)
    change = sessions.ChangePasswordRequest(old_password=PASSWORD, new_password="quiet-otter-parade-7")  # noqa: S106
    people.sign_in.ChangePassword(change, metadata=token)
    wrong = sessions.ChangePasswordRequest(old_password=WRONG, new_password=PASSWORD)
    tries = [refusal(lambda: people.sign_in.ChangePassword(wrong, metadata=token)) for _ in range(6)]
    assert tries == ["SIGN_IN_REFUSED"] * 5 + ["SIGN_IN_THROTTLED"]


def test_what_nobody_will_count_any_more_is_forgotten(people: PeopleService) -> None:
    wrong_tries(people, "nobody", 3)
    people.clock.now += timedelta(days=2)
    people.service.runner.write_timers()
    while people.service.runner.run_one(["forget_sign_in_failures"]):
        pass
    assert counts(people) == []
