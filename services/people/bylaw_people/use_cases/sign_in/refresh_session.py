"""Refreshes sessions: each refresh token is good once, and one that comes again much later ends the session."""

from bylaw_chassis.caller import NOBODY
from bylaw_chassis.observe import log
from bylaw_chassis.values import resource_name

from bylaw_people.ports import Records
from bylaw_people.rules.notices.notice import NoticeText
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.sign_in.opaque import Opaque, digest_of
from bylaw_people.rules.sign_in.refusals import SessionEnded
from bylaw_people.rules.sign_in.sessions import Rotation, SignedInSession, rotation
from bylaw_people.use_cases.notices.notify import notify
from bylaw_people.use_cases.sign_in.admitting import Proof, admit
from bylaw_people.use_cases.sign_in.minting import Opened, Session, signed
from bylaw_people.use_cases.sign_in.needs import SignInNeeds, new_opaque
from bylaw_people.use_cases.sign_in.opening import end_sessions

STOLEN = NoticeText(
    Wording("一个登录会话已被结束", "One of your sessions was ended"),
    Wording(
        "同一个刷新令牌被使用了两次，可能已被他人复制；该会话已结束。请重新登录，如非本人操作请修改密码。",
        "The same refresh token was used twice, so somebody else may have a copy of it; the session has ended. "
        "Sign in again, and change your password if this was not you.",
    ),
)


def refresh_session(token: str, address: str, means: SignInNeeds) -> Session:
    """Refuses SESSION_ENDED, whatever is the reason; the session's end is committed before."""
    digest = digest_of(Opaque.REFRESH, token)
    if digest is None:
        raise SessionEnded
    with means.needs.store.work(NOBODY) as records:
        opened = _rotated(records, digest, address, means)
    if opened is None:
        raise SessionEnded
    return signed(opened, means)


def _rotated(records: Records, digest: bytes, address: str, means: SignInNeeds) -> Opened | None:
    found = records.sessions.by_token(digest)
    if found is None:
        return None
    session, spent_at = found
    outcome = rotation(session, spent_at, records.now, means.lasting)
    if outcome is Rotation.REUSED:
        _end_stolen(records, session)
    if outcome in {Rotation.REUSED, Rotation.ENDED}:
        return None
    if outcome is Rotation.TAKEN:
        records.sessions.spend(digest)
    return _next(records, session, address, means)


def _next(records: Records, session: SignedInSession, address: str, means: SignInNeeds) -> Opened | None:
    proof = Proof(session.id, session.methods, session.started_at, session.proved_at)
    admitted = admit(records, session.person, proof, needs=means.needs)
    if admitted is None:
        end_sessions(records, [session.id], "not_admitted")
        return None
    token, digest = new_opaque(Opaque.REFRESH)
    records.sessions.add_token(session.id, digest)
    records.sessions.used(session.id, address)
    return Opened(admitted, token, min(session.ends_at, records.now + means.lasting.idle))


def _end_stolen(records: Records, session: SignedInSession) -> None:
    """Somebody else has, or had, a copy: nobody can tell who, so neither goes on."""
    end_sessions(records, [session.id], "refresh_token_reused")
    notify(records, [session.person], STOLEN, about=resource_name("sessions", session.id))
    log().warning("refresh_token_reused", session=str(session.id))
