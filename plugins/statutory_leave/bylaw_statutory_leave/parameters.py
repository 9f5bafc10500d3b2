"""What a company sets of statutory leave: nothing below the statute, and more where it grants more."""

from typing import Literal, Self

from bylaw_hooks import Both, setting
from bylaw_hooks.leave import LeaveParameters
from pydantic import model_validator
from pydantic_core import PydanticCustomError

RISING = Both("年假天数须随工龄递增", "annual leave must not fall with years of service")


class StatutoryDays(LeaveParameters):
    """Days of each kind; the defaults are the national minimum."""

    annual_days_from_1_year: int = setting(
        "年假：累计工龄满 1 年(天)", "Annual leave from 1 year of service, in days", default=5, ge=5, le=60
    )
    annual_days_from_10_years: int = setting(
        "年假：累计工龄满 10 年(天)", "Annual leave from 10 years of service, in days", default=10, ge=10, le=60
    )
    annual_days_from_20_years: int = setting(
        "年假：累计工龄满 20 年(天)", "Annual leave from 20 years of service, in days", default=15, ge=15, le=60
    )
    annual_fraction: Literal["drop", "keep"] = setting(
        "折算后不足一天的部分",
        "The fraction of a day that a share of the year leaves",
        choices={"drop": Both("舍去", "dropped"), "keep": Both("保留", "kept")},
        default="drop",
    )
    annual_step: Literal["at_once", "by_days"] = setting(
        "年内工龄跨档时",
        "In the year in which service reaches the next step",
        choices={
            "at_once": Both("自当日起按新档计全年", "the whole year counts by the new step from that day"),
            "by_days": Both("按前后天数折算", "each part of the year counts by its days"),
        },
        default="at_once",
    )
    annual_carry_months: int = setting(
        "未休年假可结转至次年几月底(0 为不结转)",
        "What is left is carried to the end of this month of the next year, 0: not at all",
        default=0,
        ge=0,
        le=12,
    )
    annual_notice_days: int = setting(
        "年假提前申请(天)", "Annual leave is asked for days ahead", default=3, ge=0, le=90
    )
    sick_days_without_evidence: int = setting(
        "病假免证明的天数(含)", "Sick leave needs no evidence up to so many days", default=0, ge=0, le=30
    )
    personal_notice_days: int = setting(
        "事假提前申请(天)", "Personal leave is asked for days ahead", default=1, ge=0, le=90
    )
    marriage_days: int = setting("婚假(天)", "Marriage leave, in days", default=3, ge=3, le=60)
    bereavement_days: int = setting("丧假(天)", "Bereavement leave, in days", default=3, ge=1, le=30)
    maternity_days: int = setting("产假(日历天)", "Maternity leave, in calendar days", default=98, ge=98, le=366)
    maternity_further_days: int = setting(
        "难产或每多一婴增加(日历天)",
        "More for a difficult birth or each further child, in calendar days",
        default=15,
        ge=15,
        le=60,
    )
    paternity_days: int = setting("陪产假(日历天)", "Paternity leave, in calendar days", default=15, ge=0, le=60)
    floating_days_a_month: int = setting("每月机动调休(天)", "Floating days off a month (HRS-1)", default=1, ge=0, le=5)
    floating_kept_months: int = setting(
        "未用机动休可保留的月数(0 为当月作废)",
        "A floating day is kept for so many months more, 0: it lapses with its month",
        default=0,
        ge=0,
        le=12,
    )

    @model_validator(mode="after")
    def _rising(self) -> Self:
        steps = [self.annual_days_from_1_year, self.annual_days_from_10_years, self.annual_days_from_20_years]
        if steps != sorted(steps):
            told = {"field": "annual_days_from_10_years", "zh": RISING.zh, "en": RISING.en}
            raise PydanticCustomError("statutory_days", "{field}: {en} / {zh}", told)
        return self
