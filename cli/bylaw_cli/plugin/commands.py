"""`bylaw plugin new`, `check` and `try`: written, held to the rules, and replayed over a real month."""

from pathlib import Path

import click

from bylaw_cli.plugin.command_try import try_command
from bylaw_cli.plugin.leaving import leaving_in_order
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "For a company's own developer: a shift pattern of one's own, from a first package to a real month.\n\n\b\n"
    "bylaw plugin new acme-patterns\n"
    "bylaw plugin check acme-patterns\n"
    "bylaw plugin try acme_patterns-1.0.0-py3-none-any.whl --month 2026-10 --unit SALES",
    "供公司自己的开发者使用：从第一个安装包到真实的一个月，编写自己的班制。\n\n\b\n"
    "bylaw plugin new acme-patterns\n"
    "bylaw plugin check acme-patterns\n"
    "bylaw plugin try acme_patterns-1.0.0-py3-none-any.whl --month 2026-10 --unit SALES",
)
NEW = Wording(
    "Write a new plugin called NAME, a distribution's name such as acme-patterns: a small shift pattern with tests,"
    " or an export layout, ready to be changed. Its tests pass as they are, wherever bylaw-hooks[kit] is"
    " installed.\n\n\b\nbylaw plugin new acme-patterns\nbylaw plugin new acme-layouts --kind layout",
    "生成名为 NAME 的新插件（发行包名，例如 acme-patterns）：一个小班制或一个导出版式，及其测试，供修改。"
    "装有 bylaw-hooks[kit] 之处，测试即可通过。\n\n\b\n"
    "bylaw plugin new acme-patterns\nbylaw plugin new acme-layouts --kind layout",
)
WRITTEN = Wording(
    "{folder} is written. Its {kind} is called {called}, version 1.\nIts tests: cd {folder} && python -m pytest",
    "已生成 {folder}。其{kind}名为 {called}，版本 1。\n运行测试：cd {folder} && python -m pytest",
)
OTHER_KIND = Wording(
    "--kind {kind} goes with --{kind}: name what this plugin holds, and nothing else.",
    "--kind {kind} 只与 --{kind} 同用：只需为该插件所含的内容命名。",
)
CHECK = Wording(
    "Check a plugin as a start of Bylaw does, and by every rule of the conformance list. TARGET is a folder with its"
    " sources (the one you are in, unless you name another), a wheel, which is also tried with only what it declares"
    " (C31), or the name of an installed distribution. Exits with 1 where a rule is broken.\n\n\b\n"
    "bylaw plugin check\nbylaw plugin check dist/acme_patterns-1.0.0-py3-none-any.whl",
    "按启动时的要求及一致性清单的每一条检查插件。TARGET 为源码文件夹（默认当前文件夹）、安装包（另以其所声明的依赖"
    "单独检查，即 C31），或已安装发行包的名称。有规则未满足时退出码为 1。\n\n\b\n"
    "bylaw plugin check\nbylaw plugin check dist/acme_patterns-1.0.0-py3-none-any.whl",
)


def plugin_group(language: Language) -> click.Group:
    """Return `bylaw plugin` with its commands."""
    group = click.Group("plugin", help=ABOUT.show(language))
    for command in (_new(language), _check(language), try_command(language)):
        group.add_command(command)
    return group


def _new(language: Language) -> click.Command:
    into = Wording("Folder in which the plugin's folder is made.", "在此文件夹中新建插件文件夹。").show(language)
    what = Wording("What it holds: a shift pattern, or an export layout.", "插件的内容：班制或导出版式。")
    pattern = Wording(
        "What the pattern is called; it begins with NAME's first word and a hyphen.  [default: NAME-day-shift]",
        "班制名，以 NAME 的第一个词加连字符开头。 [默认：NAME-day-shift]",
    )
    layout = Wording(
        "What the layout is called, likewise.  [default: NAME-payroll]", "版式名，规则相同。 [默认：NAME-payroll]"
    )

    @click.command("new", help=NEW.show(language))
    @click.argument("name")
    @click.option("--into", type=click.Path(path_type=Path), default=Path(), metavar="FOLDER", help=into)
    @click.option("--kind", type=click.Choice(("pattern", "layout")), default="pattern", help=what.show(language))
    @click.option("--pattern", default="", metavar="PATTERN", help=pattern.show(language))
    @click.option("--layout", default="", metavar="LAYOUT", help=layout.show(language))
    def new(name: str, into: Path, kind: str, **called: str) -> None:
        from bylaw_cli.plugin.naming import KINDS  # noqa: PLC0415 - whoever reads a sheet need not wait for it
        from bylaw_cli.plugin.writing import write  # noqa: PLC0415

        chosen = KINDS[kind]
        wanted = called.pop(kind) or chosen.name_of(name)
        if any(called.values()):
            raise click.UsageError(OTHER_KIND.show(language).format(kind=kind))
        folder = write(name, into, wanted, kind=chosen)
        click.echo(WRITTEN.show(language).format(folder=folder, kind=chosen.title.show(language), called=wanted))

    return new


def _check(language: Language) -> click.Command:
    examples = Wording("Months tried for each rule.", "每条规则试用的月份数。").show(language)

    @click.command("check", help=CHECK.show(language))
    @click.argument("target", default=".")
    @click.option("--examples", type=click.IntRange(1, 10_000), default=60, show_default=True, help=examples)
    def command(target: str, examples: int) -> None:
        from bylaw_cli.plugin.check_report import report  # noqa: PLC0415 - as above

        with leaving_in_order():
            kept = report(target, examples, language)
        if not kept:
            click.get_current_context().exit(1)

    return command
