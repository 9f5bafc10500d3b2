"""How attendance says no to replays: each refusal with its reason and both languages."""

from collections.abc import Iterable

from bylaw_chassis.refusals import Code, Refusal, Violation


class ReplayNotFound(Refusal):
    """No such replay, one that was forgotten, or one of people outside the caller's reach."""

    code = Code.NOT_FOUND
    reason = "REPLAY_NOT_FOUND"
    zh = "没有找到该试算；试算只保留一段时间，请重新发起。"
    en = "There is no such replay; replays are kept for a while only, start another."


class ReplayTooLarge(Refusal):
    """More months of people than one replay takes."""

    code = Code.INVALID_ARGUMENT
    reason = "REPLAY_TOO_LARGE"
    zh = "一次试算至多 {limit} 人月，此次有 {count}；请减少月份或按下级单位分别试算。"
    en = "A replay takes at most {limit} months of people and this one has {count}; take fewer months or smaller units."


class TooManyReplays(Refusal):
    """As many replays of the caller's wait or run as one may have at a time."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "TOO_MANY_REPLAYS"
    zh = "您有 {count} 个试算尚未结束，同时至多 {limit} 个：{replays}。请等待其结束，或先取消其一。"
    en = (
        "{count} replays of yours have not ended, and at most {limit} may go on at a time: {replays}. Wait for one to"
        " end, or cancel one."
    )


class ReplacedPatternUnknown(Refusal):
    """The pattern whose days are to be replayed is neither installed nor assigned to any of these people."""

    code = Code.INVALID_ARGUMENT
    reason = "REPLACED_PATTERN_UNKNOWN"
    zh = "没有可被替换的班制 {pattern}：既未安装，这些人在这些月份也未被指派。现有：{patterns}。请核对名称与版本。"
    en = (
        "There is no shift pattern {pattern} to be replaced: it is neither installed nor assigned to any of these"
        " people in these months; there are: {patterns}. Check the name and the version."
    )

    def __init__(self, *, pattern: str, known: Iterable[str], field: str) -> None:
        patterns = ", ".join(sorted(known))
        zh, en = f"现有：{patterns}", f"there are: {patterns}"
        super().__init__(violations=[Violation(field, self.reason, zh, en)], pattern=pattern, patterns=patterns)


class ReplayNotDone(Refusal):
    """A replay that has not come to its end, or was stopped before."""

    code = Code.FAILED_PRECONDITION
    reason = "REPLAY_NOT_DONE"
    zh = "该试算尚未完成，或已被取消；请等待其完成或重新发起。"
    en = "The replay is not done, or was stopped; wait for its end or start another."


class ReplayDiffers(Refusal):
    """A replay that has tried something else than what is to be assigned."""

    code = Code.FAILED_PRECONDITION
    reason = "REPLAY_DIFFERS"
    zh = "所引试算用的是 {policy}，或参数、人员范围不同；请按要指派的班制、参数与对象重新试算。"
    en = (
        "The replay tried {policy}, or other parameters, or other people; replay the pattern and the parameters on "
        "those to whom they are to be assigned."
    )
