"""How orders says no about tickets and what they move (CUS-2)."""

from bylaw_chassis.refusals import Code, Refusal


class TicketNotFound(Refusal):
    """No such ticket within reach."""

    code = Code.NOT_FOUND
    reason = "TICKET_NOT_FOUND"
    zh = "没有找到该工单，或不在您的权限范围内；请核对名称。"
    en = "There is no such ticket within your reach; check its name."


class TicketActionNotFound(Refusal):
    """No such action within reach."""

    code = Code.NOT_FOUND
    reason = "TICKET_ACTION_NOT_FOUND"
    zh = "没有找到该申请，或不在您的权限范围内；请核对名称。"
    en = "There is no such action within your reach; check its name."


class PersonNotFound(Refusal):
    """Nobody of that name is employed."""

    code = Code.NOT_FOUND
    reason = "PERSON_NOT_FOUND"
    zh = "没有找到 {person}，或此人今天不在职；请另行指派。"
    en = "There is nobody {person} employed today; assign it to somebody else."


class OrderOfAnotherChannel(Refusal):
    """The order came through another channel than was named."""

    code = Code.INVALID_ARGUMENT
    reason = "ORDER_OF_ANOTHER_CHANNEL"
    zh = "该订单不属于所填渠道；请留空渠道或更正。"
    en = "The order came through another channel than the one named; leave the channel out or correct it."


class TicketNeedsOrder(Refusal):
    """Nothing goes back of nothing."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_NEEDS_ORDER"
    clause = "CUS-2"
    zh = "退货、退款与换货须注明订单；请填写订单。"
    en = "A return, a refund or an exchange is of an order; name it."


class TicketClosed(Refusal):
    """What is closed is opened again before anything is done in it."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_CLOSED"
    clause = "CUS-2"
    zh = "该工单已关闭；请先重新打开。"
    en = "The ticket is closed; open it again first."


class TicketOpen(Refusal):
    """It is not closed."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_OPEN"
    clause = "CUS-2"
    zh = "该工单尚未关闭；请先答复并关闭。"
    en = "The ticket is not closed yet; answer and close it first."


class TicketNotAnswered(Refusal):
    """Nothing is closed over the customer's head."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_NOT_ANSWERED"
    clause = "CUS-2"
    zh = "客户尚在等待答复，不能关闭；请先答复。"
    en = "The customer still waits for an answer; answer before closing it."


class TicketWaitsForDecision(Refusal):
    """One action at a time, and none left open behind a closed ticket."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_ACTION_WAITS"
    clause = "CUS-2"
    zh = "该工单有一项申请尚待决定；请等待决定，或先撤回。"
    en = "An action of this ticket waits for its decision; wait for that, or take it back first."


class TicketAtTop(Refusal):
    """There is nobody further up."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_AT_TOP"
    clause = "CUS-2"
    zh = "该工单已升级至运营总监，不能再升级。"
    en = "The ticket is with the operations director already; there is nobody further up."


class TicketWithoutReturn(Refusal):
    """Only returns and exchanges have goods come back."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_WITHOUT_RETURN"
    clause = "CUS-2"
    zh = "只有退货与换货工单可开退货单；请新建退货工单。"
    en = "Only a return or an exchange has a return slip; take a ticket of that kind."


class ReturnSlipIssued(Refusal):
    """A ticket has one slip."""

    code = Code.FAILED_PRECONDITION
    reason = "RETURN_SLIP_ISSUED"
    clause = "CUS-2"
    zh = "该工单已开退货单 {slip}；其他货物请新建工单。"
    en = "The ticket has its return slip {slip}; take another ticket for other goods."


class ReturnOverShipped(Refusal):
    """No more comes back than has left."""

    code = Code.FAILED_PRECONDITION
    reason = "RETURN_OVER_SHIPPED"
    clause = "CUS-2"
    zh = "商品 {code} 已出库且未退回、未在途的只有 {quantity}；请减少退货数量。"
    en = "Of {code} only {quantity} have left and are neither back nor awaited; have fewer come back."


class TicketRated(Refusal):
    """A rating is given once."""

    code = Code.ALREADY_EXISTS
    reason = "TICKET_RATED"
    clause = "CUS-2"
    zh = "客户已评价该工单；评价只记一次。"
    en = "The customer has rated the ticket already; a rating is recorded once."


class RefundOverPaid(Refusal):
    """No more goes back than was paid."""

    code = Code.FAILED_PRECONDITION
    reason = "REFUND_OVER_PAID"
    clause = "CUS-2"
    zh = "该订单可退余额为 {left}（最小货币单位，已扣除已退与待决定的金额）；请减少金额。"
    en = "Of what was paid {left} is left, in the smallest unit, less what was paid back or waits for it; ask for less."


class TicketActionNotOwn(Refusal):
    """Whoever asked takes it back."""

    code = Code.PERMISSION_DENIED
    reason = "TICKET_ACTION_NOT_OWN"
    clause = "CUS-2"
    zh = "只有申请人可以撤回该申请。"
    en = "Only whoever asked for it takes it back."


class TicketActionOver(Refusal):
    """It is decided, or was taken back."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_ACTION_OVER"
    clause = "CUS-2"
    zh = "该申请已结束（{state}），不能再撤回。"
    en = "The action is over ({state}) and is not taken back any more."


class TicketChanged(Refusal):
    """Something it depends on changed while it was asked."""

    code = Code.ABORTED
    reason = "TICKET_CHANGED"
    zh = "该工单或订单刚被更改；请重新读取后再试。"
    en = "The ticket or its order has just changed; read it again and repeat your wish."


class ServicePolicyChanged(Refusal):
    """Somebody else changed it since it was read."""

    code = Code.ABORTED
    reason = "SERVICE_POLICY_CHANGED"
    zh = "该渠道的服务承诺已被更改；请重新读取后再改。"
    en = "The channel's service policy has changed since it was read; read it again and repeat your change."


class TicketDamaged(Refusal):
    """What is kept does not open."""

    code = Code.FAILED_PRECONDITION
    reason = "TICKET_DAMAGED"
    recorded = True
    zh = "该工单的内容无法解密，可能被改动；请通知管理员运行 bylaw doctor。"
    en = "What was written in the ticket does not open; somebody may have changed it. Have `bylaw doctor` run."
