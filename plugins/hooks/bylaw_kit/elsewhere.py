"""Answers the corpus in a process of its own and prints the digest: for C12, `python -m bylaw_kit.elsewhere`."""

import json
import sys

from bylaw_kit.corpus import digest
from bylaw_kit.finding import patterns_of

if __name__ == "__main__":
    distribution, identity, cells = json.loads(sys.argv[1])
    pattern = next(one for one in patterns_of(distribution) if one.identity == identity)
    print(digest(pattern, pattern.parameters(), cells))  # noqa: T201 - it is the answer
