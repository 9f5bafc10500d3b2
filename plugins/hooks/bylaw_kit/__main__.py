"""`python -m bylaw_kit acme-patterns`: the conformance kit by itself; `--golden` writes digests that lack.

Of a wheel (`dist/acme_patterns-1.0.0-py3-none-any.whl`) it checks C31 too. `--json` prints an object a line.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bylaw_kit.answering import Outcome, answer, own_answers
from bylaw_kit.finding import goldens_of, patterns_of
from bylaw_kit.goldens import write
from bylaw_kit.outcomes import outcomes
from bylaw_kit.rules import RULES
from bylaw_kit.wheel import outcomes_of_wheel


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Check every rule, or write goldens; 1 if a rule is broken."""
    parser = argparse.ArgumentParser(prog="python -m bylaw_kit", description=__doc__)
    parser.add_argument("name", help="distribution, module or wheel")
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--examples", type=int, default=60)
    asked = parser.parse_args()
    return _written(asked.name) if asked.golden else _checked(asked.name, asked.examples, as_json=asked.json)


def _written(name: str) -> int:
    folder = goldens_of(name)
    for pattern in patterns_of(name):
        for case in write(folder, pattern) if folder else ():
            say(f"{pattern.identity}: {case} written")
    return 0


def _checked(name: str, examples: int, *, as_json: bool) -> int:
    def told(begin: Callable[[str, str], None] = lambda *_: None) -> Iterator[Outcome]:
        if name.endswith(".whl"):
            return outcomes_of_wheel(Path(name), examples=examples)
        return outcomes(name, examples=examples, begin=begin)

    if as_json:
        return 1 if answer(told, own_answers()) else 0
    return 1 if sum(map(_shown, told())) else 0


def _shown(found: Outcome) -> bool:
    both = f"{RULES[found.rule].en} / {RULES[found.rule].zh}"
    say(f"{'BROKEN' if found.why else 'ok    '} {found.pattern} {found.rule} {both}")
    for line in filter(None, (found.why, found.month)):
        say(line)
    return bool(found.why)


if __name__ == "__main__":
    sys.exit(main())
