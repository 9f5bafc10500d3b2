"""Loads the demonstration company through the same calls as everybody; run again after a kill, it goes on."""

from bylaw_cli.demonstration import clocks, company_files, deciding, duties, passing_on, patterns, posts
from bylaw_cli.demonstration.asking import Asking


def load(asking: Asking) -> None:
    """Makes the organisation, its posts, roles and patterns, punches, and what the department decides and passes on.

    Attendance reads the clocks' files while people answers the rest.
    """
    company_files.take_in(asking)
    posts.fill(asking)
    patterns.choose(asking)
    imports = clocks.hand_in(asking)
    deciding.decide(asking)
    passing_on.pass_on(asking)
    duties.give(asking)
    clocks.wait_for(asking, imports)
