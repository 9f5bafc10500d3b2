"""Numbers and e-mail addresses of people are masked in texts, and what is no number of theirs is not (CUS-1, CUS-3)."""

from datetime import UTC, datetime, timedelta

import pytest
from bylaw_orders.rules.privacy.scrubbing import scrubbed
from bylaw_orders.rules.reviews.review import ReviewFigure, answer_by
from hypothesis import given
from hypothesis import strategies as st

pytestmark = [pytest.mark.clause("CUS-1"), pytest.mark.clause("CUS-3")]
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打我电话13812345678吧", "打我电话***吧"),
        ("+86 138-1234-5678", "***"),
        ("(0571) 8765 4321", "(***"),
        ("li.xm+a@mail.example.com!", "***!"),
        ("2 pieces for 25.00, size 42, 2026", "2 pieces for 25.00, size 42, 2026"),
        ("", ""),
    ],
)
def test_what_leads_to_a_person_is_masked(text: str, shown: str) -> None:
    assert scrubbed(text) == shown


@given(st.text(alphabet="0123456789 -()+@a.é中", max_size=200))
def test_no_number_of_eleven_digits_is_left_however_it_is_written(text: str) -> None:
    shown = scrubbed(text)
    assert not any(run.isdigit() and len(run) >= 11 for run in shown.split())
    assert scrubbed(shown) == shown


@given(st.integers(10**10, 10**11 - 1))
def test_a_number_among_words_is_masked(number: int) -> None:
    assert str(number) not in scrubbed(f"call {number}, please")


def test_a_review_is_due_from_when_it_was_written_and_an_old_one_from_now() -> None:
    promise = timedelta(hours=48)
    assert answer_by(NOW - timedelta(hours=1), promise, NOW) == NOW + timedelta(hours=47)
    assert answer_by(NOW - timedelta(days=400), promise, NOW) == NOW + promise


def test_the_mean_is_to_the_hundredth_half_to_even() -> None:
    assert str(ReviewFigure("TEA", 8, 33, 0, 0, 0).mean_stars) == "4.12"
    assert str(ReviewFigure("TEA", 8, 35, 0, 0, 0).mean_stars) == "4.38"
