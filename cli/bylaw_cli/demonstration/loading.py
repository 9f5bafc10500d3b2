"""Loads the demonstration company through the same calls as everybody; run again after a kill, it goes on."""

from bylaw_cli.demonstration import (
    absences,
    changing,
    clocks,
    closing,
    company_files,
    deciding,
    duties,
    passing_on,
    patterns,
    posts,
    signing_in,
)
from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.goods import loading as goods
from bylaw_cli.demonstration.goods import offering
from bylaw_cli.demonstration.orders import loading as orders
from bylaw_cli.demonstration.planned import Plans


def load(asking: Asking) -> None:
    """Makes the organisation, its posts, roles and patterns, punches, goods, orders, what is decided and passed on.

    Attendance reads the clocks' files while people answers the rest; a month is closed once they are read.
    """
    company_files.take_in(asking)
    posts.fill(asking)
    patterns.choose(asking)
    plans = Plans(asking)
    away = {absences.ANALYST: absences.trip_days(asking, plans)}
    stayed = {absences.HR: [changing.stayed_on(asking, plans)]}
    imports = clocks.hand_in(asking, plans, clocks.Exceptions(away, stayed))
    deciding.decide(asking)
    absences.take(asking, plans)
    changing.change(asking, plans)
    signing_in.sign_in(asking)
    passing_on.pass_on(asking)
    duties.give(asking)
    shelves = goods.load(asking)
    shops = orders.begin(shelves)
    clocks.wait_for(asking, imports)
    closing.close(asking)
    offering.offer(shelves)
    orders.finish(shops)
