"""What kuaidi100 is told: whose account asks, its key, and the salt by which its pushes are signed."""

from bylaw_hooks import Parameters, setting
from pydantic import SecretStr


class Kuaidi100Settings(Parameters):
    """Each is an environment variable `BYLAW_KUAIDI100_<NAME>`; without them the provider is not asked."""

    customer: str = setting("客户编号(customer)", "Customer number", min_length=1, max_length=64, examples=["A1B2C3"])
    key: SecretStr = setting("授权码(key)", "Key", min_length=1, examples=["sample-key"])
    salt: SecretStr = setting(
        "推送签名用的随机字符串(salt)，至少 16 位",
        "Salt by which pushes are signed, 16 letters or more",
        min_length=16,
        examples=["sample-salt-0123456789"],
    )
    address: str = setting(
        "接口地址",
        "Where it is asked",
        default="https://poll.kuaidi100.com",
        pattern=r"^https?://[^\s?#]+$",
        examples=["https://poll.kuaidi100.com"],
    )
