"""Every way in which access says no: roles, grants, outsiders; what is out of reach is refused as not found."""

from bylaw_chassis.refusals import Code, Refusal


class RoleNotFound(Refusal):
    """No such role."""

    code = Code.NOT_FOUND
    reason = "ROLE_NOT_FOUND"
    zh = "未找到该角色；请从角色列表中选择。"
    en = "There is no such role; choose one from the list of roles."


class GrantNotFound(Refusal):
    """No such grant, or none within the caller's reach."""

    code = Code.NOT_FOUND
    reason = "GRANT_NOT_FOUND"
    zh = "未找到该授权。"
    en = "There is no such grant."


class GrantEnded(Refusal):
    """The grant has ended already."""

    code = Code.FAILED_PRECONDITION
    reason = "GRANT_ENDED"
    zh = "该授权已经结束。"
    en = "The grant has ended already."


class GrantBeyondOwn(Refusal):
    """What would be given, or taken over, reaches further or lasts longer than what the caller holds."""

    code = Code.PERMISSION_DENIED
    reason = "GRANT_BEYOND_OWN"
    clause = "SEC-1"
    zh = "超出您自己的权限、范围或期限（{permission}）；只能授予您自己拥有的，且不能更久。"
    en = "This goes beyond what you hold yourself ({permission}); you can give only what you have, and no longer."


class GrantToSelf(Refusal):
    """Nobody gives themselves anything."""

    code = Code.PERMISSION_DENIED
    reason = "GRANT_TO_SELF"
    clause = "SEC-1"
    zh = "不能给自己授权；请由他人授予。"
    en = "You cannot give yourself a role; somebody else has to."


class RoleNameTaken(Refusal):
    """Another role has the name, or had it: names of roles are never used again."""

    code = Code.ALREADY_EXISTS
    reason = "ROLE_NAME_TAKEN"
    zh = "角色名 {role} 已被使用，不可重复使用；请换一个名称。"
    en = "The role name {role} is taken and is never used again; choose another."


class RoleShipped(Refusal):
    """A role that ships with the product is the same everywhere."""

    code = Code.FAILED_PRECONDITION
    reason = "ROLE_SHIPPED"
    zh = "角色 {role} 随产品提供，不可修改；请新建一个自己的角色。"
    en = "The role {role} ships with the product and cannot be changed; make a role of your own."


class RoleChanged(Refusal):
    """Somebody changed the role after the caller looked at it."""

    code = Code.ABORTED
    reason = "ROLE_CHANGED"
    zh = "该角色在您查看之后已被修改；请重新读取后再改。"
    en = "The role was changed after you looked at it; read it again, then change it."


class RoleInUse(Refusal):
    """Somebody holds the role, or will."""

    code = Code.FAILED_PRECONDITION
    reason = "ROLE_IN_USE"
    zh = "角色 {role} 仍有 {count} 项有效授权；请先结束这些授权。"
    en = "The role {role} is still given by {count} grants; end them first."


class LastAdministrator(Refusal):
    """Nobody would be left who can give every role everywhere."""

    code = Code.FAILED_PRECONDITION
    reason = "LAST_ADMINISTRATOR"
    clause = "SEC-1"
    zh = "这样将不再有长期的全公司管理员，无人能够授权；请先任命另一位管理员（不设截止日期）。"
    en = (
        "Nobody would be left who administers the whole organisation without a last day, and nobody could grant any "
        "more; make somebody else administrator first, without a last day."
    )


class PermissionUnknown(Refusal):
    """No call of the suite asks for such a permission, or there is no such call."""

    code = Code.NOT_FOUND
    reason = "PERMISSION_UNKNOWN"
    zh = "没有名为 {permission} 的权限或调用；请从角色列表或接口文档中选择。"
    en = "There is no permission or call named {permission}; choose one from the roles or the list of calls."


class PersonNotOutsider(Refusal):
    """Somebody of the department needs no head's permission to be here."""

    code = Code.FAILED_PRECONDITION
    reason = "PERSON_NOT_OUTSIDER"
    clause = "SEC-2"
    zh = "该人员在 {date} 不是外聘人员，无需准入许可。"
    en = "The person is not employed as an outsider on {date} and needs no permission to be here."


class OutsiderPermitted(Refusal):
    """A permission covers some of those days already."""

    code = Code.ALREADY_EXISTS
    reason = "OUTSIDER_PERMITTED"
    clause = "SEC-2"
    zh = "该外聘人员在这些日期内已有准入许可；请选择其后的日期，或先结束原许可。"
    en = "The outsider is permitted for some of those days already; choose days behind them, or end that permission."


class OutsiderNotPermitted(Refusal):
    """An outsider holds nothing on days for which no head has let them in."""

    code = Code.FAILED_PRECONDITION
    reason = "OUTSIDER_NOT_PERMITTED"
    clause = "SEC-2"
    zh = "该人员来自部门之外，{start} 至 {end} 没有负责人的准入许可；请先由负责人准许，并在许可期内授权。"
    en = (
        "The person comes from outside and no head has permitted them from {start} to {end}; have a head permit them "
        "first, and grant within those days."
    )


class OutsideAccessNotFound(Refusal):
    """No such permission, or none within the caller's reach."""

    code = Code.NOT_FOUND
    reason = "OUTSIDE_ACCESS_NOT_FOUND"
    zh = "未找到该准入许可。"
    en = "There is no such permission of an outsider."


class OutsideAccessEnded(Refusal):
    """The permission has ended already."""

    code = Code.FAILED_PRECONDITION
    reason = "OUTSIDE_ACCESS_ENDED"
    zh = "该准入许可已经结束。"
    en = "The permission of the outsider has ended already."
