"""Parameters that do not fit a pattern are named by their path and explained in both languages."""

from typing import Any

import pytest
from bylaw_attendance.policies import installed
from bylaw_attendance.rules.refusals import PolicyParametersInvalid

POLICIES = installed()
WEEK = "fixed-week@1"


@pytest.mark.parametrize(
    ("parameters", "field", "zh"),
    [
        ({"sign_in_lead_minutes": "five"}, "sign_in_lead_minutes", "“提前签到(分钟)”须为整数"),
        ({"sign_in_lead_minutes": 500}, "sign_in_lead_minutes", "“提前签到(分钟)”不可大于 120"),
        ({"segments": []}, "segments", "“每日时段”至少须有 1 项"),
        ({"segments": [{}]}, "segments[0].hours", "“时段(可跨零点)”必须填写"),
        ({"segments": [{"hours": "8:30"}]}, "segments[0].hours", "须为从一个时刻到另一个时刻，如“08:30-12:00”"),
        ({"colour": "red"}, "colour", "没有这个参数；可填的有：“seconds”、“repeat_minutes”"),
        ({"working_days": ["monday", "monday"]}, "working_days", "工作日重复"),
        ({"seconds": "round"}, "seconds", "须为以下之一：“drop”(舍去)、“count”(计入)"),
        ({"working_days": ["someday"]}, "working_days[0]", "“工作日”第 1 项须为以下之一：“monday”(周一)、"),
    ],
)
def test_each_fault_has_its_path_and_its_words(parameters: dict[str, Any], field: str, zh: str) -> None:
    with pytest.raises(PolicyParametersInvalid) as refused:
        POLICIES.checked(WEEK, parameters)

    violation = refused.value.violations[0]
    assert violation.field == ".".join(filter(None, ("pattern_assignment.parameters", field)))
    assert zh in violation.zh
    assert violation.en


def test_what_is_not_named_has_its_default_and_the_order_of_names_does_not_matter() -> None:
    one = POLICIES.checked(WEEK, {"sign_in_lead_minutes": 10, "repeat_minutes": 5})
    other = POLICIES.checked(WEEK, {"repeat_minutes": 5, "sign_in_lead_minutes": 10})

    assert one == other
    assert '"working_days"' in one
