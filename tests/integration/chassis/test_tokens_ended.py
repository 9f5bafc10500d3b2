"""What people says of tokens that ended counts here, from the transaction on that takes it in."""

import pytest
from bylaw_chassis.caller import Caller
from bylaw_chassis.ended_tokens import EndedTokens
from bylaw_chassis.organisation.following import Follower
from bylaw_chassis.organisation.hearers import HEARERS
from bylaw_chassis.values import new_id

from tests.integration.chassis import peoples_feed as told
from tests.integration.chassis.peoples_feed import ANNA, BEN, FeedInMemory
from tests.integration.chassis.worlds import World


@pytest.mark.clause("SEC-1")
def test_tokens_that_people_ended_count_no_more_here_and_a_lower_revision_changes_nothing(world: World) -> None:
    session = new_id()
    feed = FeedInMemory(told.access_changed(ANNA, 3), told.session_ended(session), told.access_changed(ANNA, 2))
    Follower(world.database, feed, HEARERS).catch_up()

    ended = EndedTokens(world.database)
    assert [ended(Caller(person=ANNA, access_revision=revision)) for revision in (2, 3, 4)] == [True, False, False]
    assert ended(Caller(person=BEN, session=session))
    assert not ended(Caller(person=BEN, session=new_id()))


def test_after_a_restore_of_people_its_revisions_count_from_where_it_stands(world: World) -> None:
    session = new_id()
    feed = FeedInMemory(told.access_changed(ANNA, 9), told.session_ended(session), told.access_changed(BEN, 2))
    Follower(world.database, feed, HEARERS).catch_up()
    feed.restored(told.access_changed(BEN, 2))
    Follower(world.database, feed, HEARERS).catch_up()

    ended = EndedTokens(world.database)
    assert not ended(Caller(person=ANNA, access_revision=4))
    assert ended(Caller(person=BEN, access_revision=1))
    assert ended(Caller(person=ANNA, session=session))
