"""What `bylaw plugin check` prints: a line a rule, in the language chosen, and what breaks it."""

import click
from bylaw_kit.answering import Outcome
from bylaw_kit.rules import RULES

from bylaw_cli.plugin.checking import check
from bylaw_cli.wording import Language, Wording

TAKEN_IN = Wording("is taken in by a start of Bylaw", "启动时可被接受")
KEPT = Wording("{count} rules are kept.", "{count} 条规则均已满足。")
UNTRIED = Wording("Not tried after that: {rules}.", "此后未再试验：{rules}。")
BROKEN = Wording("Broken: {rules}.", "未满足：{rules}。")


def report(target: str, examples: int, language: Language) -> bool:
    """Check and print as it goes; whether every rule is kept."""
    kept: dict[str, bool] = {}
    for found in check(target, examples=examples):
        if isinstance(found, Outcome):
            kept[found.rule] = kept.get(found.rule, True) and not found.why
            _say(found, language)
        else:
            click.echo(f"ok      {found.titled} {TAKEN_IN.show(language)}")
    families = {rule[0] for rule in kept}
    if untried := [rule for rule in RULES if rule[0] in families and rule not in kept and rule != "C31"]:
        click.echo(UNTRIED.show(language).format(rules=", ".join(untried)))
    broken = ", ".join(rule for rule, is_kept in kept.items() if not is_kept)
    click.echo((BROKEN if broken else KEPT).show(language).format(count=len(kept), rules=broken))
    return not broken


def _say(found: Outcome, language: Language) -> None:
    text = getattr(RULES[found.rule], language)
    click.echo(f"{'BROKEN' if found.why else 'ok    '}  {found.pattern} {found.rule:4}{text}")
    for line in (*found.why.splitlines(), *found.month.splitlines()):
        click.echo(f"        {line.strip()}")
