"""What the fields of the organisation can hold; everything that is wrong with a request is said at once."""

import unicodedata
from collections.abc import Callable, Sequence

from bylaw_chassis.refusals import FieldInvalid, FieldsInvalid, Refusal, Violation

from bylaw_people.rules.logins import MIXED_EN, MIXED_ZH, mixes_scripts
from bylaw_people.rules.organisation import PositionVersion, SiteVersion, Wording
from bylaw_people.rules.refusals import CalendarUnknown, TimeZoneUnknown
from bylaw_people.rules.requirements import normal_skill

LONGEST_CODE, LONGEST_NAME, LONGEST_DUTIES = 64, 200, 4_000
LONGEST_REASON = 1_000
MOST_SKILLS, MOST_MONTHS = 50, 12 * 80


class Fields:
    """Collects what is wrong, then refuses once: FIELD_INVALID with each field."""

    def __init__(self) -> None:
        self._wrong: list[Violation] = []

    def code(self, field: str, text: str) -> None:
        """A short code or number: needed, at most 64 characters in one line."""
        self._line(field, text, LONGEST_CODE)

    def name(self, field: str, text: str) -> None:
        """A name: needed, at most 200 characters in one line."""
        self._line(field, text, LONGEST_NAME)

    def login(self, field: str, text: str) -> None:
        """A name to sign in with: a code, of one script where scripts look alike."""
        self.code(field, text)
        if mixes_scripts(text):
            self._add(field, MIXED_ZH, MIXED_EN)

    def title(self, field: str, text: Wording) -> None:
        """A title: in both languages, or in one that then stands for both."""
        self.name(field, text.zh or text.en)
        if text.zh and text.en:
            self.name(f"{field}.en", text.en)

    def duties(self, field: str, text: Wording) -> None:
        """Written duties: at most 4,000 characters in each language."""
        if len(text.zh) > LONGEST_DUTIES or len(text.en) > LONGEST_DUTIES or "\0" in text.zh + text.en:
            self._add(field, f"最多 {LONGEST_DUTIES} 个字符", f"must have at most {LONGEST_DUTIES} characters")

    def stated_duties(self, field: str, text: Wording) -> None:
        """What a unit is responsible for, in at least one language (ORG-2)."""
        if not (text.zh + text.en).strip():
            self._add(field, "必填：单位须有书面职责", "are needed: what a unit is responsible for is written down")
        self.duties(field, text)

    def skills(self, field: str, skills: Sequence[tuple[str, int]]) -> None:
        """Skills with months of experience: at most 50, each once, 0 to 960 months."""
        if len(skills) > MOST_SKILLS:
            self._add(field, f"最多 {MOST_SKILLS} 项", f"must have at most {MOST_SKILLS} entries")
        seen: set[str] = set()
        for place, (skill, months) in enumerate(skills[:MOST_SKILLS]):
            if skill:
                self.name(f"{field}[{place}].skill", skill)
            if not 0 <= months <= MOST_MONTHS:
                self._add(f"{field}[{place}].experience_months", f"0 到 {MOST_MONTHS}", f"must be 0 to {MOST_MONTHS}")
            if normal_skill(skill) in seen:
                self._add(f"{field}[{place}].skill", "重复", "is there twice")
            seen.add(normal_skill(skill))

    def text(self, field: str, text: str, longest: int) -> None:
        """A text that may be empty."""
        if len(text) > longest or "\0" in text:
            self._add(field, f"最多 {longest} 个字符", f"must have at most {longest} characters")

    def require(self) -> None:
        """Refuses with everything found."""
        if len(self._wrong) == 1:
            only = self._wrong[0]
            raise FieldInvalid(field=only.field, zh=only.zh, en=only.en)
        if self._wrong:
            raise FieldsInvalid(self._wrong)

    def _line(self, field: str, text: str, longest: int) -> None:
        if not text.strip():
            self._add(field, "必填", "is needed")
        elif len(text) > longest:
            self._add(field, f"最多 {longest} 个字符", f"must have at most {longest} characters")
        elif text != text.strip() or not text.isprintable():
            self._add(
                field,
                "首尾不能有空格，也不能含控制字符",
                "must not begin or end with a blank nor hold control characters",
            )

    def _add(self, field: str, zh: str, en: str) -> None:
        self._wrong.append(Violation(field, FieldInvalid.reason, zh, en))


def both_languages(text: Wording) -> Wording:
    """A title said in one language stands for both."""
    return Wording(text.zh or text.en, text.en or text.zh)


def whole(text: Wording, *, field: str) -> Wording:
    """A text that takes the place of another: in both languages or in none; refuses FIELD_INVALID with what lacks.

    Else the language that was not said would be lost, and a text be half translated from then on.
    """
    if bool(text.zh) != bool(text.en):
        said, lacks, zh, en = ("zh", "en", "英文", "English") if text.zh else ("en", "zh", "中文", "Chinese")
        raise FieldInvalid(
            field=f"{field}.{lacks}",
            zh=f"缺少{zh}：文本须中英文一并给出，只有 {said} 会丢失另一种",
            en=f"{en} is missing: a text is changed in both languages, or the other one would be lost",
        )
    return text


def require_position(position: PositionVersion, code: str | None = None) -> None:
    """Refuses FIELD_INVALID with everything that is wrong with a position."""
    fields = Fields()
    if code is not None:
        fields.code("position.code", code)
    fields.title("position.title", position.title)
    fields.duties("position.duties", position.duties)
    fields.duties("position.work", position.work)
    asked = [(need.skill, need.experience_months) for need in position.requirements]
    fields.skills("position.requirements", asked)
    fields.require()


def require_site(
    site: SiteVersion, knows_zone: Callable[[str], bool], *, knows_calendar: Callable[[str], bool]
) -> None:
    """Refuses TIME_ZONE_UNKNOWN and CALENDAR_UNKNOWN (HRS-3).

    `knows_zone` knows the names of the IANA database, `knows_calendar` the calendars that days are judged by.
    """
    if not knows_zone(site.time_zone):
        raise TimeZoneUnknown(time_zone=shown(site.time_zone))
    if not knows_calendar(site.calendar):
        raise CalendarUnknown(calendar=shown(site.calendar))


def normal_login(text: str) -> str:
    """A login in its one form: compatibility forms, letter case and blanks around it do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded).strip().replace("\0", "\ufffd")


def shown(text: str) -> str:
    """What somebody sent, short and in one line, fit for a message."""
    return "".join(character if character.isprintable() else "?" for character in text[:64])


def violations_of(refusal: Refusal, *, field: str) -> Sequence[Violation]:
    """A refusal as what is wrong with fields: its own violations, or itself at `field`."""
    if refusal.violations:
        return refusal.violations
    return (Violation(field, refusal.reason, refusal.message_zh.rstrip("。"), refusal.message_en.rstrip(".")),)
