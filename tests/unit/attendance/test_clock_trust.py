"""Sentences about whether whoever uses a clock's serial number is that clock: its key, and where it comes from."""

import pytest
from bylaw_attendance.rules.clocks.clock_trust import COMMUNICATION_KEY, ClockKeys, Visitor, network
from bylaw_attendance.rules.clocks.pushing import TroubleKind, Trust

pytestmark = pytest.mark.clause("ATT-1")
KEYS, SERIAL, HERE, ELSEWHERE = ClockKeys(b"a secret of the installation"), "CLOCK0001", "10.8.0.21", "10.8.0.99"
KEYED = Trust(KEYS.digest(SERIAL, "482913"))


def visit(trust: Trust, address: str = HERE, key: str = "") -> TroubleKind | None:
    return KEYS.distrust(trust, Visitor(SERIAL, address, key))


def test_a_clock_without_key_and_networks_is_let_in_by_its_serial_number_alone() -> None:
    assert visit(Trust()) is None
    assert visit(Trust(), address="", key="whatever its menu holds") is None


def test_the_right_key_lets_in_from_anywhere_and_a_wrong_one_from_nowhere() -> None:
    vouched = KEYED._replace(key_address=HERE)
    assert visit(KEYED, ELSEWHERE, "482913") is None
    assert visit(vouched, HERE, "482914") is TroubleKind.KEY_WRONG
    assert visit(vouched, HERE, "482913 ") is TroubleKind.KEY_WRONG


def test_lines_without_a_key_are_taken_from_where_the_right_key_last_came_from() -> None:
    assert visit(KEYED) is TroubleKind.KEY_WRONG
    vouched = KEYED._replace(key_address=HERE)
    assert visit(vouched) is None
    assert visit(vouched, ELSEWHERE) is TroubleKind.KEY_WRONG
    assert visit(KEYED, address="") is TroubleKind.KEY_WRONG


@pytest.mark.parametrize(
    ("networks", "address", "trouble"),
    [
        (("10.8.0.0/24",), HERE, None),
        (("10.8.0.0/24", "fd00::/8"), "fd00::1", None),
        (("10.8.0.0/24",), "::ffff:10.8.0.21", None),
        (("10.8.0.21/32",), ELSEWHERE, TroubleKind.NETWORK_WRONG),
        (("10.9.0.0/16",), HERE, TroubleKind.NETWORK_WRONG),
        (("10.8.0.0/24",), "fd00::1", TroubleKind.NETWORK_WRONG),
        (("10.8.0.0/24",), "", TroubleKind.NETWORK_WRONG),
        (("10.8.0.0/24",), "no address", TroubleKind.NETWORK_WRONG),
    ],
)
def test_a_clock_with_networks_comes_from_one_of_them(
    networks: tuple[str, ...], address: str, trouble: TroubleKind | None
) -> None:
    assert visit(Trust(source_networks=networks), address) is trouble


def test_the_same_key_of_two_clocks_is_kept_as_two_digests_that_need_the_secret() -> None:
    assert KEYS.digest("CLOCK0001", "482913") != KEYS.digest("CLOCK0002", "482913")
    assert KEYS.digest("CLOCK0001", "482913") != ClockKeys(b"another").digest("CLOCK0001", "482913")
    assert b"482913" not in KEYS.digest("CLOCK0001", "482913")
    assert "secret" not in repr(KEYS)


def test_a_network_is_kept_in_one_form_and_a_host_within_one_is_none() -> None:
    assert (network("10.8.0.21"), network("10.8.0.0/255.255.255.0")) == ("10.8.0.21/32", "10.8.0.0/24")
    assert [network(text) for text in ("10.8.0.21/24", "clocks", "", "10.8.0.0/33")] == [None] * 4


def test_a_key_is_what_the_address_of_a_request_can_carry() -> None:
    keys = ["0000", "a" * 64, "abc", "a" * 65, "a&bc", "a bc", "a\nbc", "张三李四"]
    assert [key for key in keys if COMMUNICATION_KEY.fullmatch(key)] == keys[:2]
