"""`python -m bylaw_kit acme-patterns`: the conformance kit by itself; `--golden` writes digests that lack."""

import argparse
import sys

from bylaw_kit.conformance import CHECKS, keep, subjects
from bylaw_kit.finding import goldens_of, patterns_of
from bylaw_kit.goldens import write
from bylaw_kit.rules import RULES
from bylaw_kit.subject import RuleBroken


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Check every rule, or write goldens; 1 if a rule is broken."""
    parser = argparse.ArgumentParser(prog="python -m bylaw_kit", description=__doc__)
    parser.add_argument("name", help="distribution or module")
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--examples", type=int, default=60)
    asked = parser.parse_args()
    return _written(asked.name) if asked.golden else _checked(asked.name, asked.examples)


def _written(name: str) -> int:
    folder = goldens_of(name)
    for pattern in patterns_of(name):
        for case in write(folder, pattern) if folder else ():
            say(f"{pattern.identity}: {case} written")
    return 0


def _checked(name: str, examples: int) -> int:
    faults = 0
    for subject in subjects(name, examples=examples):
        for rule in CHECKS:
            try:
                keep(subject, rule)
            except RuleBroken as broken:
                faults += 1
                say(f"BROKEN {subject.pattern.identity} {broken}")
            else:
                say(f"ok     {subject.pattern.identity} {rule} {RULES[rule].en} / {RULES[rule].zh}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
