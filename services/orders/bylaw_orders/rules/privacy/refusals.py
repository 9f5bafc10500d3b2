"""How orders says no about customers' data (CUS-1)."""

from bylaw_chassis.refusals import Code, Refusal


class SignInAgain(Refusal):
    """Whoever asks signed in too long ago, or did not sign in themselves: an access token proves nobody's presence."""

    code = Code.UNAUTHENTICATED
    reason = "SIGN_IN_AGAIN"
    clause = "CUS-1"
    zh = "查看、导出或删除客户信息，须在 {minutes} 分钟内由本人登录；请用密码重新登录后再试，不能使用访问令牌。"
    en = (
        "Whoever has customers' data revealed, exported or erased signed in themselves within {minutes} minutes: sign"
        " in again with your password, and ask again. An access token does not do."
    )


class CustomerNotFound(Refusal):
    """No such customer within reach."""

    code = Code.NOT_FOUND
    reason = "CUSTOMER_NOT_FOUND"
    zh = "没有找到该客户，或其订单不在您的权限范围内；请核对名称。"
    en = "There is no such customer with orders within your reach; check the name."


class CustomerErased(Refusal):
    """Their data are gone for good."""

    code = Code.FAILED_PRECONDITION
    reason = "CUSTOMER_ERASED"
    clause = "CUS-1"
    zh = "该客户的信息已删除，无法恢复；订单与统计仍保留。"
    en = "The customer's data were erased and cannot be brought back; the orders and figures stay."


class CustomerHasOpenOrders(Refusal):
    """Somebody still waits for goods or for an answer."""

    code = Code.FAILED_PRECONDITION
    reason = "CUSTOMER_HAS_OPEN_ORDERS"
    clause = "CUS-1"
    zh = "该客户有 {count} 张订单尚未完结（如 {order}）；请先完成或取消，再删除其信息。"
    en = "The customer has open orders: {count}, such as {order}. Finish or cancel them, then erase."


class ErasureNotConfirmed(Refusal):
    """The name was not repeated."""

    code = Code.INVALID_ARGUMENT
    reason = "ERASURE_NOT_CONFIRMED"
    clause = "CUS-1"
    zh = "删除不可撤销；请在 confirmation 中再次填写 {customer}。"
    en = "It cannot be undone: repeat {customer} in `confirmation`."


class OrderWithoutRecipient(Refusal):
    """Nobody's data came with the order."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDER_WITHOUT_RECIPIENT"
    zh = "该订单没有收件人信息；请在平台上查看。"
    en = "The order came without a recipient; look it up on the platform."


class RecipientDamaged(Refusal):
    """What is kept does not open."""

    code = Code.FAILED_PRECONDITION
    reason = "RECIPIENT_DAMAGED"
    recorded = True
    zh = "该订单的收件人信息无法解密，可能被改动；请通知管理员运行 bylaw doctor。"
    en = "What is kept of the recipient does not open; somebody may have changed it. Have `bylaw doctor` run."


class RevealsTooMany(Refusal):
    """Nobody needs so many in a day."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "REVEALS_TOO_MANY"
    clause = "CUS-1"
    zh = "您今天已查看 {count} 次客户信息，达到上限；请与运营总监联系。"
    en = "You have had customers' data revealed {count} times today, which is the limit; ask the operations director."


class SearchesTooMany(Refusal):
    """Trying numbers one by one is no search."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "SEARCHES_TOO_MANY"
    clause = "CUS-1"
    zh = "您一小时内已查找客户 {count} 次，达到上限；请稍后再试。"
    en = "You have searched for customers {count} times within an hour, which is the limit; try again later."


class ReasonTellsTooMuch(Refusal):
    """A reason is kept and read by others, longer than the data themselves."""

    code = Code.INVALID_ARGUMENT
    reason = "REASON_TELLS_TOO_MUCH"
    clause = "CUS-1"
    zh = "理由中不要写客户的姓名、电话、地址等信息；请说明原因，必要时写工单号。"
    en = "Leave the customer's name, number, address and the like out of the reason; say why, with the ticket's number."
