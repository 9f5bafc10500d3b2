"""Which passwords are taken, why others are not, and how long a wrong one makes wait."""

import time

import pytest
from bylaw_people.rules.fields import normal_login
from bylaw_people.rules.sign_in.passwords import COMMON_HERE, WHY, require_strong, weakness
from bylaw_people.rules.sign_in.refusals import PasswordTooWeak
from bylaw_people.rules.sign_in.throttling import PATIENCE
from hypothesis import given
from hypothesis import strategies as st

KNOWN = ("zhangwei", "张伟 Zhang", "E-1042", "沐金电商", "Mujin Commerce")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "short"),
        ("ninechars", "short"),
        ("x" * 300, "long"),
        ("ababababab", "repeat"),
        ("1111111111", "repeat"),
        ("1234567890", "common"),
        ("Password123", "common"),
        ("P@ssw0rd2024", "common"),
        ("qwertyuiop12", "common"),
        ("woaini5201314", "common"),
        ("dianshang123", "common"),
        ("zhangwei-2026", "known"),
        ("ZHANGWEI-2026!", "known"),
        ("mujin-summer-tree", "known"),
        ("沐金电商天下第一的好公司", "known"),
        ("e-1042-is-my-number", "known"),
        ("abcdefghijklm", "sequence"),
        ("2026-01-31-2", "date"),
        ("20260101-2026", "date"),
        ("1990-01-01/1992-02-02", "date"),
    ],
)
def test_a_guessable_password_is_refused_with_the_reason_in_both_languages(password: str, why: str) -> None:
    assert weakness(password, KNOWN) == why
    with pytest.raises(PasswordTooWeak) as refused:
        require_strong(password, KNOWN)
    assert WHY[why][0] in refused.value.message_zh
    assert WHY[why][1] in refused.value.message_en
    assert not password or password not in refused.value.message_zh + refused.value.message_en


@pytest.mark.parametrize(
    "password",
    [
        "tencharsok-vy",
        "harbour-lantern-42",
        "晴天去海边散步吧真好",
        "li is a good name",
        "shizhan-2026",
        "correct horse staple",
    ],
)
def test_a_long_password_of_ones_own_is_taken(password: str) -> None:
    require_strong(password, ["li", "wang", "", "A"])


def test_a_longest_password_of_repeats_and_words_is_judged_in_a_moment() -> None:
    begun = time.perf_counter()
    for password in ("ab" * 128, "password" * 32, "qwerty123!" * 25, "éàü中" * 64):
        weakness(password, KNOWN)
    assert time.perf_counter() - begun < 2


def test_words_that_are_common_here_are_written_as_they_are_compared() -> None:
    assert all(word == word.casefold() for word in COMMON_HERE)


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_is_judged(password: str, known: list[str]) -> None:
    assert weakness(password, known) in {"", *WHY}


@given(st.sampled_from(sorted(PATIENCE)), st.integers(0, 10_000))
def test_waits_never_shrink_and_never_exceed_their_longest(kind: str, failures: int) -> None:
    patience = PATIENCE[kind]
    waits = [patience.wait_seconds(failures), patience.wait_seconds(failures + 1)]
    assert 0 <= waits[0] <= waits[1] <= patience.longest_seconds


def test_nobody_waits_longer_than_a_minute_for_an_account_and_longer_only_for_an_address() -> None:
    longest = {kind: patience.longest_seconds for kind, patience in PATIENCE.items()}
    assert longest["login"] == longest["device"] == longest["factor"] == 60
    assert longest["address"] > 60 > longest["everyone"]


@given(st.text(max_size=40))
def test_a_login_has_one_form(text: str) -> None:
    assert normal_login(normal_login(text)) == normal_login(text)


def test_width_and_letter_case_of_a_login_do_not_matter() -> None:
    assert normal_login(" Li.Wei ") == normal_login("li.wei") == "li.wei"
