"""Callers that stand for others: no policy of a question tells these apart."""

from dataclasses import dataclass, field
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.native.principal import ACCOUNT, Caller, read_caller

ACCOUNTS: Final = ("123456789012", "210987654321", "111122223333", "444455556666")
"""Accounts for callers of whose account no policy speaks."""


@dataclass(frozen=True, slots=True)
class Representative:
    """A caller, and how it is related to the resource.

    Attributes:
        principal: the ``principal`` of its requests.
        caller: what that is read as.
        is_owner: whether its account owns the resource (E4); true also if it has no account.
        is_away: whether the resource is in the management account (E12).
        accounts: if no policy speaks of its account, the accounts that policies speak of, so it can be of any other; else None.
        partitions: if no policy speaks of its partition, the partitions that policies speak of; else None.
    """

    principal: JsonValue
    caller: Caller
    is_owner: bool = True
    is_away: bool = False
    accounts: frozenset[str] | None = field(default=None)
    partitions: frozenset[str] | None = field(default=None)

    def request(self, action: str, resource: str, context: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return a request of this caller, of the account and partition that the resource is in if it can be of these."""
        _, partition, _, _, account, _ = ("",) * 6 if resource == "*" else resource.split(":", 5)
        principal = self._at_home(partition, account)
        made: dict[str, JsonValue] = {"principal": principal, "action": action, "resource": resource, "context": context}
        owner = self._owner(read_caller(principal, []).account, account)
        if owner is not None:
            made["resource_account"] = owner
        if self.is_away:
            made["resource_in_management_account"] = True
        return made

    def _at_home(self, partition: str, account: str) -> JsonValue:
        """Return the principal, moved to a partition and an account where that makes no difference."""
        arn = self.principal.get("arn") if isinstance(self.principal, dict) else self.principal
        if not isinstance(arn, str) or self.caller.account is None:
            return self.principal
        fields = arn.split(":", 5)
        if self.partitions is not None and partition:
            fields[1] = partition
        if self.accounts is not None and self.is_owner and ACCOUNT.fullmatch(account) and account not in self.accounts:
            fields[4] = account
        moved = ":".join(fields)
        return {**self.principal, "arn": moved} if isinstance(self.principal, dict) else moved

    def _owner(self, caller: str | None, field_: str) -> str | None:
        """Return the account that a request must name as the owner; None if the ARN and the caller say as much (E4)."""
        if caller is None:
            return None
        said = field_ if ACCOUNT.fullmatch(field_) else caller
        if (said == caller) is self.is_owner:
            return None
        return caller if self.is_owner else next(each for each in ACCOUNTS if each != caller)
