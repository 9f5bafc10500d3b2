"""Which passwords are strong enough, and how long somebody waits who got it wrong."""

from datetime import timedelta

from bylaw_people.rules.refusals import PasswordTooWeak

SHORTEST, LONGEST = 10, 256
PATIENCE = {"login": 5, "address": 50}
"""So many failures are free; many people share an address."""

LONGEST_WAIT_SECONDS = 60
FORGOTTEN_AFTER = timedelta(minutes=15)
"""Failures this old do not count any more."""

COMMON = frozenset(
    {
        "1234567890", "0123456789", "12345678910", "123456789a", "a123456789", "1q2w3e4r5t", "qwertyuiop", "asdfghjkl;",
        "zxcvbnm123", "password12", "password123", "password1234", "passw0rd123", "p@ssw0rd123", "administrator",
        "admin12345", "admin123456", "welcome123", "welcome1234", "changeme123", "letmein123", "iloveyou123",
        "iloveyou1314", "woaini1314", "woaini5201314", "woaini520520", "5201314520", "1314520520", "0987654321",
        "9876543210", "1111111111", "0000000000", "8888888888", "6666666666", "1122334455", "1357924680", "2468013579",
        "abcd123456", "abc1234567", "abc123456789", "qwerty12345", "qwerty123456", "qazwsxedcrfv", "1qaz2wsx3edc",
        "aa12345678", "q1w2e3r4t5", "zhangcheng123", "bylaw12345",
    }
)  # fmt: skip


def require_strong(password: str, login: str) -> None:
    """Refuses PASSWORD_TOO_WEAK for a short, a common, a monotonous one, or one that is or holds the login."""
    plain = password.casefold()
    weak = (
        len(password) < SHORTEST
        or len(password) > LONGEST
        or plain in COMMON
        or len(set(plain)) < 4
        or plain == login
        or (len(login) >= 4 and login in plain)
    )
    if weak:
        raise PasswordTooWeak


def wait_seconds(kind: str, failures: int) -> int:
    """How long after so many failures nothing is tried: 1 s, then twice as long each time, never over a minute."""
    beyond = failures - PATIENCE[kind]
    return min(LONGEST_WAIT_SECONDS, 2 ** min(beyond, 6)) if beyond >= 0 else 0
