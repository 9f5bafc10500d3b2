"""What the doctor examines of customers' data: what is sealed opens, what is erased is gone (CUS-1)."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from bylaw_chassis.doctor import Check, Examined, Finding, Words

from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.store.customers import SealedCustomers, hashes_of
from bylaw_orders.store.erasing import keys_of_others
from bylaw_orders.vault import Vault

SAMPLE, MOST_NAMED = 500, 3
SEALS, ERASED = "customer seals", "customers erased"
_SAMPLE = """
    (select of_order, phone_hash, tail_hash, nick_hash from order_recipients where erased_at is null
        order by written_at desc limit :newest)
    union
    (select of_order, phone_hash, tail_hash, nick_hash from order_recipients where erased_at is null
        and of_order >= :anywhere order by of_order limit :newest)
"""
_WRONG = """
    select of_order from order_recipients as to_whom left join customer_keys as kept on kept.customer = to_whom.customer
    where case when to_whom.erased_at is null then kept.customer is null
        else num_nonnulls(
            name, phone, address, region, postcode, email, nick, remark, phone_hash, tail_hash, nick_hash) > 0 end
    union all
    select made.id from customers as made left join erasures on erasures.customer = made.id
        left join customer_keys as kept on kept.customer = made.id
    where (made.erased_at is null) <> (erasures.customer is null)
        or (made.erased_at is null) <> (kept.customer is not null)
"""
CURE = Words(
    "有人在系统之外改动了客户数据或其密钥；请对照审计记录，从备份恢复，并查明谁有数据库管理权限。",
    "Somebody changed customers' data or keys behind Bylaw's back; compare with the audit trail, restore a back-up, and"
    " find out who may administer the database.",
)
KEY_CURE = Words(
    "请在 BYLAW_CUSTOMER_KEY 与 BYLAW_PREVIOUS_CUSTOMER_KEYS 中补上原来的主密钥。",
    "Name the former master key in BYLAW_CUSTOMER_KEY or BYLAW_PREVIOUS_CUSTOMER_KEYS.",
)


def seals_check(vault: Vault) -> tuple[str, Check]:
    """The check, under the keys of the installation."""
    return SEALS, partial(seals, vault=vault)


def seals(connection: sa.Connection, _: Examined, *, vault: Vault) -> Finding:
    """Of the newest recipients and of some others, each field opens, and the hashes are those of what it says."""
    if unknown := keys_of_others(connection, vault):
        return Finding(
            SEALS,
            holds=False,
            seen=Words(
                f"{unknown} 个密钥由未知的主密钥保护。", f"keys wrapped by a master key that is not named: {unknown}."
            ),
            cure=KEY_CURE,
        )
    sealed = SealedCustomers(vault)
    rows = connection.execute(sa.text(_SAMPLE), {"newest": SAMPLE, "anywhere": uuid4()}).all()
    broken = _unlike(connection, sealed, rows)
    named = ", ".join(broken[:MOST_NAMED])
    return Finding(
        SEALS,
        not broken,
        Words(
            f"抽查收件人 {len(rows)} 个，无法解密或与索引不符 {len(broken)} 个{f'：{named}' if named else ''}。",
            f"{len(rows)} recipients were opened; those that do not open, or are found by other hashes:"
            f" {len(broken)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def erased(connection: sa.Connection, _: Examined) -> Finding:
    """Whoever was erased has no key, hash or sealed field left; everybody else has their key; erasures are recorded."""
    wrong = [str(one) for one in connection.execute(sa.text(_WRONG)).scalars()]
    count = connection.execute(sa.text("select count(*) from erasures")).scalar_one()
    named = ", ".join(wrong[:MOST_NAMED])
    return Finding(
        ERASED,
        not wrong,
        Words(
            f"已删除客户 {count} 位，不符 {len(wrong)} 处{f'：{named}' if named else ''}。",
            f"{count} customers were erased; places that do not agree: {len(wrong)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _unlike(connection: sa.Connection, sealed: SealedCustomers, rows: Sequence[Any]) -> list[str]:
    index, clear = sealed.index.of(connection), sealed.opened_if_whole(connection, [row.of_order for row in rows])
    return [
        order_name(row.of_order)
        for row in rows
        if index is None
        or (recipient := clear.get(row.of_order)) is None
        or hashes_of(index, recipient)[1:3] != (bytes(row.phone_hash or b""), bytes(row.tail_hash or b""))
    ]
