"""What is wrong with a command line, said in Chinese: click says it in English alone."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

QUOTED = r"('[^']*')"
WORDS: tuple[tuple[str, str], ...] = (
    (rf"No such option:? {QUOTED}\.", r"没有选项 \1。"),
    (rf"No such command {QUOTED}\.", r"没有命令 \1。"),
    (rf"Did you mean ({QUOTED}|\S+)\?", r"您是否要用 \1？"),
    (r"\(Did you mean one of: (.+)\?\)", r"（您是否要用其中之一：\1？）"),
    (rf"Missing argument {QUOTED}\.", r"缺少参数 \1。"),
    (rf"Missing option {QUOTED}\.", r"缺少选项 \1。"),
    (r"Missing parameter: (\S+)", r"缺少参数 \1。"),
    (r"Missing command\.", "缺少命令。"),
    (r"Choose from:", "可选："),
    (r"Got unexpected extra arguments? \(([^)]*)\)", r"多余的参数：\1"),
    (rf"Option {QUOTED} requires an argument\.", r"选项 \1 需要一个值。"),
    (rf"Option {QUOTED} does not take a value\.", r"选项 \1 不带值。"),
    (rf"Invalid value for {QUOTED}: ", r"\1 的值无效："),
    (r"Invalid value: ", "值无效："),
    (rf"{QUOTED} is not a valid (?:integer|float)( range)?\.", r"\1 不是数字。"),
    (r"(\S+) is not in the range (.+)\.", r"\1 不在范围 \2 内。"),
    (rf"{QUOTED} is not a valid boolean\..*", r"\1 应为 yes 或 no。"),
    (rf"{QUOTED} is not (?:one of )?((?:'[^']*'(?:, )?)+)\.", r"\1 不在可选值 \2 之中。"),
    (rf"(?:File|Directory|Path) {QUOTED} does not exist\.", r"\1 不存在。"),
    (rf"(?:File|Directory|Path) {QUOTED} is not readable\.", r"\1 无法读取。"),
    (rf"File {QUOTED} is a directory\.", r"\1 是文件夹，不是文件。"),
    (rf"Directory {QUOTED} is a file\.", r"\1 是文件，不是文件夹。"),
)
"""What click says, as far as our commands can provoke it, and how we say it."""


def in_chinese(message: str) -> str:
    """What click says; what it does not say of our commands stays as it is."""
    for said, meant in WORDS:
        message = re.sub(said, meant, message)
    return message


class UsageWrong(click.UsageError):
    """A usage error that is told in Chinese throughout."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is used, where its help is, and what is wrong."""
        target = file or sys.stderr
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage:", "用法：", 1)
            click.echo(f"{usage}\n帮助：{self.ctx.command_path} --help\n", file=target)
        click.echo(f"错误：{in_chinese(self.format_message())}", file=target)


class ChineseGroup(click.Group):
    """A group of commands whose usage errors are told in Chinese."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command."""
        with _told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the command and carry it out."""
        with _told():
            return super().invoke(ctx)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except UsageWrong:
        raise
    except click.UsageError as error:
        raise UsageWrong(error.format_message(), error.ctx) from error
    except click.Abort as aborted:
        click.echo("已中止。", err=True)
        raise click.exceptions.Exit(1) from aborted
