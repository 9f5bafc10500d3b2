"""Reads from the contract who may make a call; a call that does not say it stops the server's start."""

from dataclasses import dataclass

from bylaw.options.v1 import access_pb2
from google.protobuf.descriptor import MethodDescriptor

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import PermissionMissing, SignInRequired


class AccessNotStated(Exception):  # noqa: N818
    """A call of the contract lacks its `access` option."""


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may make a call: anybody, anybody signed in, or holders of a permission; `reveals` has each read recorded.

    `everywhere` counts the permission only where it reaches the whole organisation, `services_only` keeps it out of the
    company's own roles.
    """

    public: bool
    permission: str
    secret: bool
    reveals: bool = False
    everywhere: bool = False
    services_only: bool = False

    def admit(self, caller: Caller) -> None:
        """Refuses SIGN_IN_REQUIRED or PERMISSION_MISSING (SEC-1); deny is the default."""
        if self.public:
            return
        if not caller.key:
            raise SignInRequired
        if self.permission and not self._held(caller):
            raise PermissionMissing(permission=self.permission)

    def _held(self, caller: Caller) -> bool:
        return caller.reach(self.permission).everyone if self.everywhere else self.permission in caller.permissions


def access_rule(method: MethodDescriptor) -> AccessRule:
    """The rule of a call; raises AccessNotStated naming the call that has none."""
    stated = method.GetOptions().Extensions[access_pb2.access]
    kind = stated.WhichOneof("rule")
    if kind is None or (kind != "permission" and not getattr(stated, kind)):
        raise AccessNotStated(f"{method.full_name} does not state who may call it (option bylaw.options.v1.access)")
    if kind == "permission" and not stated.permission:
        raise AccessNotStated(f"{method.full_name} states an empty permission")
    return AccessRule(
        public=kind == "public",
        permission=stated.permission,
        secret=stated.secret,
        reveals=stated.reveals,
        everywhere=stated.everywhere,
        services_only=stated.services_only,
    )
