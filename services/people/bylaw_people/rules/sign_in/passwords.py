"""Which passwords are strong enough: checked on this machine, against what is common and what is known of the owner."""

from collections.abc import Collection

from bylaw_people.rules.sign_in.refusals import PasswordTooWeak

SHORTEST, LONGEST = 10, 256
LONGEST_ESTIMATED = 72
"""Of a longer one the beginning is estimated: estimating takes time that grows with the square."""

STRONG_SCORE = 3
"""At least 10^8 guesses, in the words of zxcvbn: safely unguessable where guesses are slow."""

SHORTEST_KNOWN_WORD = 4
FEWEST_DIFFERENT = 4

COMMON_HERE = (
    "bylaw", "zhangcheng", "woaini", "woaiwojia", "5201314", "1314520", "520520", "shengri", "baobei", "gongsi", "mima",
    "wodemima", "nihao", "zhongguo", "beijing", "shanghai", "shenzhen", "guangzhou", "hangzhou", "dianshang", "taobao",
    "tianmao", "jingdong", "pinduoduo", "douyin", "weixin", "alipay", "cangku", "dingdan", "guanliyuan", "woshishui",
)  # fmt: skip
"""What people here choose, beside the words and names that zxcvbn brings."""

WHY = {
    "common": ("该密码或其主要部分十分常见", "it, or most of it, is what many people use"),
    "keyboard": ("键盘上相邻的字符很容易被猜到", "keys beside each other are easy to guess"),
    "repeat": ("重复的字符或词很容易被猜到", "repeated characters or words are easy to guess"),
    "sequence": ("连续的字符很容易被猜到", "sequences are easy to guess"),
    "date": ("日期和年份很容易被猜到", "dates and years are easy to guess"),
    "guessable": ("很容易被猜到", "it is easy to guess"),
    "short": (f"少于 {SHORTEST} 个字符", f"it has fewer than {SHORTEST} characters"),
    "long": (f"超过 {LONGEST} 个字符", f"it has more than {LONGEST} characters"),
    "known": ("含有登录名、姓名、工号或公司名称", "it holds the login, the name, the number or the company's name"),
}
PATTERNS = {
    "dictionary": "common",
    "spatial": "keyboard",
    "repeat": "repeat",
    "sequence": "sequence",
    "regex": "date",
    "date": "date",
}


def require_strong(password: str, known: Collection[str]) -> None:
    """Refuses PASSWORD_TOO_WEAK with the reason; `known` is what others know of the owner: login, name, company."""
    why = weakness(password, known)
    if why:
        zh, en = WHY[why]
        raise PasswordTooWeak(zh=zh, en=en)


def weakness(password: str, known: Collection[str]) -> str:
    """Why a password is weak, a key of WHY; empty where it is strong."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if len(set(password.casefold())) < FEWEST_DIFFERENT:
        return "repeat"
    words = _words(known)
    if any(word in password.casefold() for word in words):
        return "known"
    return _guessable(password[:LONGEST_ESTIMATED], words)


def _guessable(password: str, words: Collection[str]) -> str:
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its dictionaries take a while, and a password is seldom chosen

    estimate = zxcvbn(password, user_inputs=[*words, *COMMON_HERE], max_length=LONGEST_ESTIMATED)
    parts = estimate["sequence"]
    if any(part["pattern"] == "date" for part in parts) and not any(map(str.isalpha, password)):
        return "date"  # two birthdays and a sign between them count as strong, and are the first that is tried
    if estimate["score"] >= STRONG_SCORE:
        return ""
    longest = max(parts, key=lambda part: len(part["token"])) if parts else {"pattern": ""}
    return PATTERNS.get(longest["pattern"], "guessable")


def _words(known: Collection[str]) -> list[str]:
    """Names whole and their parts; short ones are in too much to mean anything."""
    parts = {part for text in known for part in (text.casefold(), *text.casefold().split())}
    return sorted(part for part in parts if len(part) >= SHORTEST_KNOWN_WORD or (len(part) > 1 and not part.isascii()))
