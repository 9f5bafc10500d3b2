"""Files of the organisation: taken whole or not at all, every faulty line named, repeats counted (ORG-4)."""

import gzip
import time
from pathlib import Path

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people import defaults
from google.api.httpbody_pb2 import HttpBody
from google.rpc.error_details_pb2 import BadRequest

from tests.builders.people import PeopleService, identifier, reason

REAL_FILE = Path(__file__).parents[4] / "shared" / "data" / "people" / "general_data_odd.csv.gz"
PEOPLE, UNITS = org.ORGANISATION_FILE_KIND_PEOPLE, org.ORGANISATION_FILE_KIND_UNITS


def hand_in(
    people: PeopleService, data: bytes | str, kind: "org.OrganisationFileKind.ValueType" = PEOPLE, **more: str
) -> org.ImportOrganisationResponse:
    body = data.encode() if isinstance(data, str) else data
    request = org.ImportOrganisationRequest(file=HttpBody(data=body), kind=kind, **more)
    return people.organisation.ImportOrganisation(request, metadata=people.everything)


def faults(error: grpc.RpcError) -> dict[str, str]:
    """Field and reason of every faulty line."""
    found = BadRequest()
    for detail in refusal_from(error).status.details:
        detail.Unpack(found)
    return {violation.field: violation.reason for violation in found.field_violations}


def everybody(people: PeopleService, **more: str) -> list[staff.Person]:
    request = staff.ListPeopleRequest(page_size=1000, **more)
    return list(people.staff.ListPeople(request, metadata=people.everything).people)


def test_the_real_file_of_2205_people_is_taken_whole_and_again_changes_nothing(people: PeopleService) -> None:
    if not REAL_FILE.exists():
        print(f"{REAL_FILE.name} is not here: a made file of the same columns takes its place")  # noqa: T201
        rows = "".join(f"{number},Sales,Manager\n" for number in range(1, 4411, 2))
        data = gzip.compress(f"EmployeeID,Department,JobRole\n{rows}".encode())
    else:
        data = REAL_FILE.read_bytes()
    people.site("PLANT"), people.unit("ACME", since="2015-01-01")
    wish = {"site": "PLANT", "parent_unit": "ACME", "effective_date": "2015-01-01"}
    begun = time.perf_counter()
    first = hand_in(people, data, **wish)
    taken_seconds = time.perf_counter() - begun
    assert (first.taken_count, first.repeated_count) == (2205, 0)
    told = people.events()
    again = hand_in(people, data, **wish)
    assert (again.taken_count, again.repeated_count) == (0, 2205)
    assert people.events() == told
    assert sum(event.HasField("person_changed") for event in told) == 2206
    assert taken_seconds < 10, taken_seconds


UNITS_FILE = """code,title_zh,title_en,kind,parent,duties_zh,duties_en
TEAM,小组,Team,team,DEPT,卖货,Sells
DEPT,部门,Department,department,ACME,统筹,Leads
"""


def test_units_may_name_parents_that_stand_further_down(people: PeopleService) -> None:
    people.unit("ACME")
    assert hand_in(people, UNITS_FILE, UNITS).taken_count == 2
    listed = people.organisation.ListUnits(org.ListUnitsRequest(), metadata=people.everything).units
    assert [(unit.code, unit.duties.en) for unit in listed] == [("ACME", "x"), ("DEPT", "Leads"), ("TEAM", "Sells")]
    assert hand_in(people, UNITS_FILE, UNITS).repeated_count == 2


def test_a_circle_in_a_file_of_units_is_named(people: PeopleService) -> None:
    people.unit("ACME")
    with pytest.raises(grpc.RpcError) as refused:
        hand_in(people, "code,parent\nA,B\nB,A\n", UNITS)
    assert faults(refused.value) == {"lines[2].parent": "UNIT_CYCLE", "lines[3].parent": "UNIT_CYCLE"}


@pytest.mark.clause("ORG-3")
def test_a_file_of_units_appoints_heads_and_again_changes_nothing(people: PeopleService) -> None:
    site, company = people.site(), people.unit("ACME")
    boss = people.person("7", company.name, site.name)
    data = "code,head\nACME,7\n"
    more = {"effective_date": "2026-02-01"}
    assert hand_in(people, data, UNITS, **more).taken_count == 1
    assert (
        people.organisation.GetUnit(org.GetUnitRequest(name=company.name), metadata=people.everything).head == boss.name
    )
    assert hand_in(people, data, UNITS, **more).repeated_count == 1


@pytest.mark.clause("ORG-4")
def test_every_faulty_line_is_named_and_nothing_is_taken(people: PeopleService) -> None:
    people.site("HQ"), people.unit("ACME")
    data = (
        "工号,姓名,部门,用工类型,入职日期,地点\n"
        "1,李伟,ACME,正式,2026-02-01,HQ\n"
        "2,王芳,NOWHERE,正式,2026-02-01,HQ\n"
        ",赵敏,ACME,正式,2026-02-01,HQ\n"
        "4,钱进,ACME,海盗,2026-02-30,HQ\n"
        "\n"
        "1,李威,ACME,正式,2026-02-01,HQ\n"
        "6,孙静,ACME,临时,2025-02-01,MARS\n"
        "7,周\n"
    )
    before = people.events()
    with pytest.raises(grpc.RpcError) as refused:
        hand_in(people, data)
    assert reason(refused.value) == "IMPORT_REFUSED"
    assert faults(refused.value) == {
        "lines[3].unit": "UNIT_NOT_FOUND",
        "lines[4].number": "FIELD_MISSING",
        "lines[5].employment_kind": "FIELD_INVALID",
        "lines[5].start_date": "FIELD_INVALID",
        "lines[7].number": "LINE_CONTRADICTS",
        "lines[8].site": "SITE_NOT_FOUND",
        "lines[9].number": "LINE_TOO_SHORT",
    }
    assert people.events() == before
    assert [person.number for person in everybody(people)] == ["admin"]


def test_all_faults_are_counted_and_so_many_are_listed_as_an_answer_holds(people: PeopleService) -> None:
    rows = "".join(f"{number},NOWHERE\n" for number in range(1500))
    people.site("HQ")
    with pytest.raises(grpc.RpcError) as refused:
        hand_in(people, f"number,unit\n{rows}", site="HQ")
    assert len(faults(refused.value)) >= 200
    assert refusal_from(refused.value).variables["count"] == "1500"


@pytest.mark.clause("ORG-4")
def test_a_later_file_moves_people_from_its_date_and_the_past_stays(people: PeopleService) -> None:
    people.site("HQ"), people.unit("ACME")
    more = {"site": "HQ", "parent_unit": "ACME"}
    hand_in(people, "number,unit\n1,Sales\n2,Sales\n", effective_date="2026-01-01", **more)
    later = hand_in(people, "number,unit,kind\n1,Stock,x\n2,Sales,x\n", effective_date="2026-02-01", **more)
    assert (later.taken_count, later.repeated_count) == (1, 1)
    units = {
        unit.name: unit.code
        for unit in people.organisation.ListUnits(org.ListUnitsRequest(), metadata=people.everything).units
    }
    for day, unit in (("2026-01-31", "Sales"), ("2026-02-01", "Stock")):
        person = everybody(people, as_of_date=day, number="1")[0]
        assert units[person.appointment.unit] == unit


def test_a_longer_file_takes_no_more_statements(people: PeopleService) -> None:
    people.site("HQ"), people.unit("ACME")
    later = {"site": "HQ", "parent_unit": "ACME", "effective_date": "2026-04-01"}
    counted: list[int] = []
    said: list[str] = []
    engine = people.service.database.engine
    listen = lambda _connection, _cursor, statement, *_: said.append(statement)  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", listen)
    for count in (3, 300):
        said.clear()
        rows = "".join(f"{count}-{number},Sales,Clerk\n" for number in range(count))
        hand_in(people, f"number,unit,position\n{rows}", site="HQ", parent_unit="ACME")
        hand_in(people, f"number,unit,position\n{rows}".replace("Sales", "Stock"), **later)
        counted.append(len(said))
    sa.event.remove(engine, "before_cursor_execute", listen)
    assert counted[1] <= counted[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_files_are_read_in_the_encodings_they_come_in(people: PeopleService, encoding: str) -> None:
    people.site("HQ"), people.unit("ACME")
    data = "工号;姓名;部门;岗位\r\n1;李伟;仓储部;仓管员\r\n".encode(encoding)
    hand_in(people, data, site="HQ", parent_unit="ACME")
    assert [person.display_name for person in everybody(people)] == ["李伟", "admin"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "FILE_EMPTY"),
        (b"number,unit\n", "FILE_EMPTY"),
        (b"name,colour\nx,y\n", "FILE_NOT_RECOGNISED"),
        (b"number,unit,EmployeeID\n1,A,1\n", "FILE_NOT_RECOGNISED"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "FILE_NOT_RECOGNISED"),
        (b'number,unit\n1,"ACME\n', "FILE_NOT_RECOGNISED"),
        (gzip.compress(b"number,unit\n1,ACME\n")[:-9], "FILE_NOT_RECOGNISED"),
        (gzip.compress(b" " * 40_000_000), "FILE_TOO_LARGE"),
        (b"number,unit\n1," + b"x" * 9_000, "FILE_TOO_LARGE"),
        (b"number,unit" + b"," * 300 + b"\n", "FILE_TOO_LARGE"),
    ],
)
def test_a_file_that_is_none_gets_one_clear_refusal(people: PeopleService, data: bytes, expected: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        hand_in(people, data)
    assert reason(refused.value) == expected


@pytest.mark.clause("ORG-1", "ORG-2", "POS-1")
def test_the_organisation_that_ships_can_be_handed_in_and_has_duties_throughout(people: PeopleService) -> None:
    hand_in(people, defaults.units_csv(), UNITS, effective_date="2026-01-01")
    hand_in(people, defaults.positions_csv(), org.ORGANISATION_FILE_KIND_POSITIONS)
    units = people.organisation.ListUnits(org.ListUnitsRequest(), metadata=people.everything).units
    positions = people.organisation.ListPositions(org.ListPositionsRequest(), metadata=people.everything).positions
    assert [unit.code for unit in units][:2] == ["COMPANY", "ECOM"]
    assert (len(units), len(positions)) == (10, 15)
    assert all(entry.duties.zh and entry.duties.en for entry in (*units, *positions))
    assert all(position.work.zh and position.work.en for position in positions)
    assert {position.unit for position in positions} <= {unit.name for unit in units}


def test_only_who_may_change_the_whole_organisation_hands_in_files(people: PeopleService) -> None:
    unit = people.unit("ACME")
    grant = HeldGrant(Scope.SUBTREE, identifier(unit.name), frozenset({"people.organisation.import"}))
    request = org.ImportOrganisationRequest(file=HttpBody(data=b"number,unit\n1,ACME\n"), kind=PEOPLE)
    with pytest.raises(grpc.RpcError) as refused:
        people.organisation.ImportOrganisation(request, metadata=people.as_caller(grant))
    assert reason(refused.value) == "PERMISSION_MISSING"


def test_people_of_a_file_sign_in_by_the_login_it_gives_them(people: PeopleService) -> None:
    people.site("HQ"), people.unit("SALES")
    wish = {"site": "HQ", "effective_date": "2026-01-01"}
    data = "number,login,unit\n1, Wu.Nian ,SALES\n2,,SALES\n"
    hand_in(people, data, **wish)
    logins = {person.number: person.login for person in everybody(people)}
    assert (logins["1"], logins["2"]) == ("wu.nian", "")
    assert hand_in(people, data, **wish).repeated_count == 2


def test_a_login_that_is_taken_or_another_than_on_record_is_a_faulty_line(people: PeopleService) -> None:
    people.site("HQ"), people.unit("SALES")
    wish = {"site": "HQ", "effective_date": "2026-01-01"}
    hand_in(people, "number,login,unit\n1,wu.nian,SALES\n", **wish)
    lines = "number,login,unit\n1,other,SALES\n2,WU.NIAN,SALES\n3,new,SALES\n4,new,SALES\n"
    with pytest.raises(grpc.RpcError) as refused:
        hand_in(people, lines, **wish)
    assert faults(refused.value) == {
        "lines[2].login": "RECORD_DIFFERS",
        "lines[3].login": "LOGIN_TAKEN",
        "lines[5].login": "LOGIN_TAKEN",
    }
