"""What `bylaw up` says once it is ready: where it is, who may sign in, where the data lies, how to end it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno

from bylaw_cli.administrator import LOGIN, LOST, PASSWORD_FILE
from bylaw_cli.certificates import local_addresses
from bylaw_cli.web import Listening
from bylaw_cli.wording import Language, Wording


@dataclass(frozen=True)
class Login:
    """Somebody of the demonstration company who signs in."""

    login: str
    password: str
    who: Wording


def welcome(listening: Listening, folder: Path, logins: Sequence[Login]) -> Wording:
    """Return it in both languages."""
    return Wording(_text(listening, folder, logins, language="en"), _text(listening, folder, logins, language="zh"))


def _text(listening: Listening, folder: Path, logins: Sequence[Login], *, language: Language) -> str:
    rows = [
        (Wording("Address", "地址"), listening.address),
        (Wording("Interface", "接口文档"), f"{listening.address}/docs"),
        (Wording("Data", "数据"), str(folder)),
        (Wording("Administrator", "管理员"), _administrator(folder).show(language)),
    ]
    lines = ["", Wording("Bylaw is ready.", "章程已就绪。").show(language)]
    lines += [f"  {_padded(name.show(language), 15)}{value}" for name, value in rows]
    if listening.certificate:
        lines += ["", *_on_a_phone(listening, language=language)]
    if logins:
        lines += ["", Wording("Demonstration logins:", "演示账号：").show(language)]
        lines += [f"  {login.login:<15}{login.password:<18}{login.who.show(language)}" for login in logins]
    return "\n".join([*lines, "", Wording("Ctrl-C ends everything.", "按 Ctrl-C 结束全部进程。").show(language)])


def _on_a_phone(listening: Listening, *, language: Language) -> list[str]:
    """How a phone on the local network opens it: the address as a QR code, and how its certificate is trusted."""
    addresses = [listening.address_by(str(one)) for one in local_addresses()] or [listening.address]
    trust = Wording(
        f"To trust it, open {addresses[0]}/certificate on the phone and install what it offers"
        " (iPhone: then Settings, General, About, Certificate Trust Settings;"
        " Android: Settings, Security, CA certificate). It vouches for local addresses alone.",
        f"要信任它，请用手机打开 {addresses[0]}/certificate 并安装"
        "（iPhone：再到“设置”“通用”“关于本机”“证书信任设置”中开启；安卓：“设置”“安全”“CA 证书”）。"
        "它只能为本地网络的地址作证。",
    ).show(language)
    drawn = io.StringIO()
    segno.make(addresses[0], error="m").terminal(out=drawn, compact=True)
    return [
        Wording("On a phone:", "在手机上打开：").show(language),
        *addresses,
        "",
        drawn.getvalue().rstrip("\n"),
        trust,
    ]


def _administrator(folder: Path) -> Wording:
    path = folder / PASSWORD_FILE
    return Wording(f"{LOGIN}, {path}", f"{LOGIN}, {path}") if path.exists() else LOST


def _padded(text: str, columns: int) -> str:
    """Pad to a width on screen, where a Chinese character takes two columns."""
    return text + " " * max(1, columns - sum(2 if letter > "\u2e80" else 1 for letter in text))
