"""Every way in which signing in says no; what is secret is refused with one answer, whatever is wrong with it."""

from bylaw_chassis.refusals import Code, Refusal


class SignInRefused(Refusal):
    """Unknown login, wrong password, a locked account or a person who has left: the answers are the same."""

    code = Code.UNAUTHENTICATED
    reason = "SIGN_IN_REFUSED"
    recorded = True
    zh = "登录名或密码不正确。"
    en = "The login or the password is not right."


class SignInThrottled(Refusal):
    """Too many failures; a short wait, never a lock."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "SIGN_IN_THROTTLED"
    recorded = True
    zh = "尝试次数过多，请 {seconds} 秒后再试。"
    en = "Too many attempts; try again in {seconds} seconds."

    def __init__(self, *, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.retry_after_seconds = seconds


class PasswordTooWeak(Refusal):
    """The password is short, guessable, or made of what everybody knows of its owner."""

    code = Code.INVALID_ARGUMENT
    reason = "PASSWORD_TOO_WEAK"
    zh = "密码强度不足：{zh}。请使用至少 10 个字符，例如几个不相关的词。"
    en = "The password is too weak: {en}. Take at least 10 characters, such as a few unrelated words."


class PersonHasNoLogin(Refusal):
    """The person does not sign in, so there is no password to set."""

    code = Code.FAILED_PRECONDITION
    reason = "PERSON_HAS_NO_LOGIN"
    zh = "该人员没有登录名，无法设置密码。"
    en = "The person has no login, so no password can be set."


class SessionEnded(Refusal):
    """The refresh token is unknown or spent, the session is over, or the person may not sign in any more."""

    code = Code.UNAUTHENTICATED
    reason = "SESSION_ENDED"
    zh = "会话已结束，请重新登录。"
    en = "The session has ended; sign in again."


class SessionNotFound(Refusal):
    """No running session of the caller's."""

    code = Code.NOT_FOUND
    reason = "SESSION_NOT_FOUND"
    zh = "没有此会话，或会话已结束。"
    en = "There is no such session, or it has ended."


class SessionNeeded(Refusal):
    """The caller came with an access token, which may not change how its owner signs in."""

    code = Code.PERMISSION_DENIED
    reason = "SESSION_NEEDED"
    zh = "此操作须本人登录后进行，不能使用访问令牌。"
    en = "Sign in yourself for this; an access token may not do it."


class SecondFactorNeeded(Refusal):
    """The first factor is right, and the account has a second."""

    code = Code.UNAUTHENTICATED
    reason = "SECOND_FACTOR_NEEDED"
    zh = "请输入验证器应用中的验证码，或一个恢复码。"
    en = "Enter the code of your authenticator app, or a recovery code."


class SecondFactorRefused(Refusal):
    """The code is wrong, too old, or was used before."""

    code = Code.UNAUTHENTICATED
    reason = "SECOND_FACTOR_REFUSED"
    recorded = True
    zh = "验证码不正确或已使用；请等待应用显示下一个验证码。"
    en = "The code is not right, or was used before; wait for the next one in the app."


class SecondFactorEnrolled(Refusal):
    """There is a second factor; it is taken off before another is enrolled."""

    code = Code.FAILED_PRECONDITION
    reason = "SECOND_FACTOR_ENROLLED"
    zh = "已启用第二验证；如需更换，请先停用。"
    en = "A second factor is enrolled; disable it before you enrol another."


class SecondFactorNotEnrolled(Refusal):
    """There is no second factor, or its enrolment was not begun."""

    code = Code.FAILED_PRECONDITION
    reason = "SECOND_FACTOR_NOT_ENROLLED"
    zh = "未启用第二验证，或尚未开始启用。"
    en = "No second factor is enrolled, nor was one begun."


class AccessTokenNotFound(Refusal):
    """No such access token of the caller's."""

    code = Code.NOT_FOUND
    reason = "ACCESS_TOKEN_NOT_FOUND"
    zh = "没有此访问令牌。"
    en = "There is no such access token."


class AccessTokensTooMany(Refusal):
    """One account has more access tokens than anybody keeps apart."""

    code = Code.FAILED_PRECONDITION
    reason = "ACCESS_TOKENS_TOO_MANY"
    zh = "有效的访问令牌已达 {most} 个；请先撤销不用的令牌。"
    en = "There are {most} access tokens that count; revoke those that are not used."


class ServiceAccountNotFound(Refusal):
    """No such service account."""

    code = Code.NOT_FOUND
    reason = "SERVICE_ACCOUNT_NOT_FOUND"
    zh = "没有此服务账号，或已停用。"
    en = "There is no such service account, or it has ended."


class ServiceAccountCodeTaken(Refusal):
    """Another account or person has the code."""

    code = Code.ALREADY_EXISTS
    reason = "SERVICE_ACCOUNT_CODE_TAKEN"
    zh = "代码 {account_code} 已被使用；请换一个代码。"
    en = "The code {account_code} is taken; choose another."


class AccountIsOwn(Refusal):
    """Nobody locks themselves out."""

    code = Code.FAILED_PRECONDITION
    reason = "ACCOUNT_IS_OWN"
    clause = "SEC-1"
    zh = "不能锁定自己的账号；请由他人操作。"
    en = "You cannot lock your own account; somebody else has to."


class EmailTaken(Refusal):
    """Another person has the address."""

    code = Code.ALREADY_EXISTS
    reason = "EMAIL_TAKEN"
    zh = "该邮箱已用于另一人。"
    en = "Another person has this e-mail address."


class OidcNotConfigured(Refusal):
    """The installation has no external provider."""

    code = Code.FAILED_PRECONDITION
    reason = "OIDC_NOT_CONFIGURED"
    zh = "本系统未配置外部登录；请使用登录名和密码。"
    en = "No external sign-in is configured here; sign in with login and password."


class OidcRefused(Refusal):
    """State, flow, code or ID token are not what they must be, or nobody here is known by them."""

    code = Code.UNAUTHENTICATED
    reason = "OIDC_REFUSED"
    recorded = True
    zh = "外部登录未被接受；请重新开始，若仍失败请联系管理员核对您的工号或邮箱。"
    en = "The external sign-in was not accepted; begin again, or ask an administrator to check your number or e-mail."
