"""Why somebody may do something, or what is missing, with a sentence in both languages (SEC-1, SEC-2, SEC-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_people.rules.access.holding import Standing
from bylaw_people.rules.access.outsiders import Gap
from bylaw_people.rules.organisation import Wording

CLAUSES = {
    Gap.NOT_HELD: "SEC-1",
    Gap.OUT_OF_REACH: "SEC-1",
    Gap.OUTSIDER_NOT_PERMITTED: "SEC-2",
    Gap.NOT_EMPLOYED: "ORG-4",
    Gap.ACCOUNT_STOPPED: "SEC-1",
}

GAPS = {
    Gap.NOT_HELD: Wording(
        "不允许：没有任何授权或岗位给予 {what}；请向单位负责人或管理员申请。",
        "Not allowed: no grant and no post gives {what}; ask the head of the unit or an administrator.",
    ),
    Gap.OUT_OF_REACH: Wording(
        "不允许：{what} 由 {sources} 给予，但范围不含 {where}，或该对象不存在。",
        "Not allowed: {sources} gives {what}, but it does not reach {where}, or there is no such thing.",
    ),
    Gap.OUTSIDER_NOT_PERMITTED: Wording(
        "不允许：该人员来自部门之外，当前没有负责人的准入许可。",
        "Not allowed: the person comes from outside and no head's permission runs.",
    ),
    Gap.NOT_EMPLOYED: Wording("不允许：该人员当天不在职。", "Not allowed: the person is not employed on the day."),
    Gap.ACCOUNT_STOPPED: Wording(
        "不允许：该账号已被锁定，或该服务账号及其负责人已停用。",
        "Not allowed: the account is locked, or the service account or its owner may act no more.",
    ),
}
ALLOWED = Wording(
    "允许：{what} 由 {sources} 给予，范围包含 {where}。", "Allowed: {sources} gives {what}, and reaches {where}."
)
ALLOWED_SOMEWHERE = Wording(
    "允许：{what} 由 {sources} 给予，限于各自的范围；要问某一对象，请指明该对象。",
    "Allowed: {sources} gives {what}, each as far as its scope reaches; name a target to ask about one.",
)
ANYBODY = Wording("允许：该调用对所有人开放。", "Allowed: the call is open to anybody.")
ONE_SELF = Wording(
    "允许：任何已登录人员都可对自己使用该调用。", "Allowed: whoever is signed in may call it for themselves."
)
BEYOND_ONE_SELF = Wording("不允许：该调用只涉及本人。", "Not allowed: the call is about oneself alone.")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What gives a permission, and whether it reaches what was asked about."""

    standing: Standing
    reaches: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may; `permission` is empty for a call that needs none, `target` where none was named.

    `everywhere` says that the permission counts only for the whole organisation.
    """

    person: UUID
    permission: str
    target: str
    gap: Gap | None
    weighed: Sequence[Weighed] = ()
    public: bool = False
    everywhere: bool = False

    @property
    def allowed(self) -> bool:
        """Whether the call is let in and reaches there."""
        return self.gap is None

    @property
    def clause(self) -> str:
        """The clause that decides."""
        if self.gap:
            return CLAUSES[self.gap]
        return next((each.standing.clause for each in self.weighed if each.reaches), "SEC-1")

    @property
    def sentence(self) -> Wording:
        """The answer in words."""
        text = self._wording()
        counted = [each for each in self.weighed if each.reaches or not self.allowed]
        sources = ", ".join(dict.fromkeys(each.standing.source for each in counted))
        anything = ("整个组织", "the whole organisation") if self.everywhere else ("任何对象", "anything at all")
        zh, en = (self.target or word for word in anything)
        return Wording(
            text.zh.format(what=self.permission, sources=sources, where=zh),
            text.en.format(what=self.permission, sources=sources, where=en),
        )

    def _wording(self) -> Wording:
        if self.public:
            return ANYBODY
        if not self.permission and self.gap in {None, Gap.OUT_OF_REACH}:
            return ONE_SELF if self.allowed else BEYOND_ONE_SELF
        if self.gap:
            return GAPS[self.gap]
        return ALLOWED if self.target or self.everywhere else ALLOWED_SOMEWHERE
