"""What kdniao is told: whose account asks, the key that signs both ways, and which of its services was bought."""

from typing import Literal

from bylaw_hooks import Both, Parameters, setting
from pydantic import SecretStr


class KdniaoSettings(Parameters):
    """Each is an environment variable `BYLAW_KDNIAO_<NAME>`; without them the provider is not asked."""

    business: str = setting(
        "商户编号(EBusinessID)", "Business number", min_length=1, max_length=32, examples=["1000000"]
    )
    key: SecretStr = setting("AppKey", "Application key", min_length=16, examples=["sample-key-0123456789"])
    service: Literal["plain", "extended"] = setting(
        "已开通的服务：plain(1002/1008)或 extended(8001/8008)",
        "Which service was bought: plain (1002, 1008) or extended (8001, 8008)",
        choices={"plain": Both("普通", "plain"), "extended": Both("增值", "extended")},
        default="extended",
    )
    address: str = setting(
        "接口地址",
        "Where it is asked",
        default="https://api.kdniao.com",
        pattern=r"^https?://[^\s?#]+$",
        examples=["https://api.kdniao.com"],
    )
