"""Answers the corpus in a process of its own and prints the digest: for C12, `python -m bylaw_kit.elsewhere`."""

import json
import sys

from bylaw_kit.answering import own_answers
from bylaw_kit.corpus import digest
from bylaw_kit.finding import patterns_of

if __name__ == "__main__":
    answers = own_answers()
    distribution, identity, cells = json.loads(sys.argv[1])
    pattern = next(one for one in patterns_of(distribution) if one.identity == identity)
    answers.write(digest(pattern, pattern.parameters(), cells) + "\n")
    answers.flush()
