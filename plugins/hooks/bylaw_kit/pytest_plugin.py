"""The kit in pytest: `pytest --bylaw acme-patterns` adds a test a rule and version to those of the author."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; the kit itself is imported only where they are used."""
    group = parser.getgroup("bylaw", "conformance of Bylaw plugins")
    group.addoption("--bylaw", action="append", default=[], metavar="NAME", help="check this distribution or module")
    group.addoption("--bylaw-examples", type=int, default=60, metavar="N", help="months tried for each rule")


class RuleItem(pytest.Item):
    """One rule, kept by one version."""

    def __init__(self, *, kept: Callable[[], None], **more: Any) -> None:
        super().__init__(**more)
        self.kept = kept

    def runtest(self) -> None:
        """Check it."""
        self.kept()

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The rule, what broke it, and the month; no traceback through the kit."""
        from bylaw_kit.subject import RuleBroken  # noqa: PLC0415 - every run of pytest loads this, few use it

        return str(excinfo.value) if isinstance(excinfo.value, RuleBroken) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """How it is listed."""
        return self.path, None, self.name


class Conformance(pytest.Collector):
    """All rules over all versions of one distribution."""

    def __init__(self, *, distribution: str, **more: Any) -> None:
        super().__init__(**more)
        self.distribution = distribution

    def collect(self) -> Iterator[RuleItem]:
        """An item a rule and version."""
        from bylaw_kit.outcomes import held  # noqa: PLC0415 - as above

        for one in held(self.distribution, examples=self.config.getoption("bylaw_examples")):
            for rule in one.rules:
                kept = partial(one.keep, rule)
                yield RuleItem.from_parent(self, name=f"{one.identity}[{rule}]", kept=kept)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the rules behind the author's own tests."""
    for name in config.getoption("bylaw"):
        collector: Any = Conformance.from_parent(session, name=name, nodeid=name, distribution=name)
        items.extend(collector.collect())
