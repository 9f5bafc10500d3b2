"""Which courier a warehouse or a platform means: its name in either language, as the code that adapters know."""

import re

_NAMES = {
    "sf": ("顺丰", "sf express", "shunfeng"),
    "zto": ("中通", "zhongtong"),
    "yto": ("圆通", "yuantong"),
    "sto": ("申通", "shentong"),
    "yunda": ("韵达", "yunda express"),
    "ems": ("ems", "邮政ems", "中国邮政速递"),
    "post": ("邮政", "中国邮政", "china post"),
    "jd": ("京东", "jd logistics"),
    "jt": ("极兔", "j&t", "jtexpress"),
    "best": ("百世", "汇通", "best express"),
    "deppon": ("德邦", "debang"),
    "zjs": ("宅急送",),
    "tt": ("天天",),
}
_ENDINGS = re.compile(r"(速运|速递|快递|快运|物流|express|logistics|\s)+$")
CODES = {name: code for code, names in _NAMES.items() for name in (code, *names)}
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def courier_code(carrier: str) -> str:
    """The code of a carrier's name; "" where it is none that anybody could be asked for."""
    told = carrier.strip().lower()
    code = CODES.get(told) or CODES.get(_ENDINGS.sub("", told))
    return code or (told if CODE.fullmatch(told) else "")
