"""What mail over SMTP is told: the server, how the connection is protected, and in whose name it sends."""

from typing import Literal, Self

from bylaw_hooks import Both, Parameters, setting
from pydantic import SecretStr, model_validator


class MailSettings(Parameters):
    """Each is an environment variable `BYLAW_SMTP_<NAME>`; without a host no mail is sent."""

    host: str = setting("服务器", "Server", min_length=1, max_length=253, examples=["mail.example.com"])
    sender: str = setting(
        "发件地址",
        "Address that mail comes from",
        pattern=r"^[^\s@<>\x00-\x1f]+@[^\s@<>\x00-\x1f]+$",
        max_length=254,
        examples=["bylaw@example.com"],
    )
    security: Literal["tls", "starttls", "none"] = setting(
        "连接保护：tls、starttls，或仅限内网测试的 none",
        "How the connection is protected: tls, starttls, or none for a server on the same machine",
        choices={
            "tls": Both("自始加密", "encrypted from the start"),
            "starttls": Both("连接后加密", "encrypted once connected"),
            "none": Both("不加密", "not encrypted"),
        },
        default="starttls",
    )
    port: int = setting("端口，0 为默认", "Port; 0: the usual one (465, 587, 25)", default=0, ge=0, le=65_535)
    user: str = setting("用户名", "User; empty: the server asks for none", default="")
    password: SecretStr = setting("密码", "Password", default=SecretStr(""))
    authority_file: str = setting(
        "自签证书的颁发机构文件", "File of the authority that signed the server's certificate", default=""
    )

    @model_validator(mode="after")
    def _password_goes_protected(self) -> Self:
        if self.user and self.security == "none":
            raise ValueError("a password is never sent over a connection that is not protected: set SECURITY")
        return self
