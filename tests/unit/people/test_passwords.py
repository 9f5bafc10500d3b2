"""Which passwords are taken, and how long a wrong one makes wait."""

import pytest
from bylaw_people.rules.fields import normal_login
from bylaw_people.rules.passwords import COMMON, require_strong, wait_seconds
from bylaw_people.rules.refusals import PasswordTooWeak
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ninechars",
        "1234567890",
        "Password123",
        "zhangwei",
        "zhangwei-2026",
        "ZHANGWEI-2026",
        "ababababab",
        "x" * 300,
    ],
)
def test_a_short_common_monotonous_or_telling_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        require_strong(password, "zhangwei")


@pytest.mark.parametrize("password", ["tencharsok", "harbour-lantern-42", "晴天去海边散步吧真好", "li is a good name"])
def test_a_long_password_of_ones_own_is_taken(password: str) -> None:
    require_strong(password, "li")


def test_common_passwords_are_listed_as_they_are_compared() -> None:
    assert all(word == word.casefold() and len(word) >= 10 for word in COMMON)


@given(st.sampled_from(["login", "address"]), st.integers(0, 10_000))
def test_waits_never_shrink_and_never_exceed_a_minute(kind: str, failures: int) -> None:
    assert 0 <= wait_seconds(kind, failures) <= wait_seconds(kind, failures + 1) <= 60


@given(st.text(max_size=40))
def test_a_login_has_one_form(text: str) -> None:
    assert normal_login(normal_login(text)) == normal_login(text)


def test_width_and_letter_case_of_a_login_do_not_matter() -> None:
    assert normal_login(" Li.Wei ") == normal_login("li.wei") == "li.wei"
