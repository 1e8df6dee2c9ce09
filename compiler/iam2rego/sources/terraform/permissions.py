"""Makes resource policies of `aws_lambda_permission`: all permissions of a function are one policy, with a statement each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.policy import Kind
from iam2rego.source import Source
from iam2rego.sources.account_details import Held
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.lambda_permissions import principal_type
from iam2rego.sources.listed import Listed, Outcome
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.addresses import whole
from iam2rego.sources.terraform.configuration import references_in
from iam2rego.sources.terraform.ends import End, Ends
from iam2rego.sources.terraform.found import Found
from iam2rego.sources.terraform.resources import Plan, Resource
from iam2rego.sources.terraform.table import NAMED
from iam2rego.sources.terraform.targets import Targets
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.parse import parse_json

_TYPES: Final = ("aws_lambda_permission", "awscc_lambda_permission")
_TESTS: Final = {
    "source_arn": ("ArnLike", "aws:SourceArn"),
    "source_account": ("StringEquals", "aws:SourceAccount"),
    "principal_org_id": ("StringEquals", "aws:PrincipalOrgID"),
    "function_url_auth_type": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "event_source_token": ("StringEquals", "lambda:EventSourceToken"),
    "invoked_via_function_url": ("Bool", "lambda:InvokedViaFunctionUrl"),
}


@dataclass(slots=True)
class Permissions:
    """Collects the permissions of functions."""

    plan: Plan
    found: Found
    ends: Ends
    targets: Targets
    problems: Problems
    file: str
    stem: str
    groups: dict[str, list[tuple[Resource, End]]] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)

    def take(self) -> None:
        """Add the policies of functions to what is found."""
        for resource in self.plan.resources:
            if resource.type in _TYPES and resource.gone:
                self._list(resource, Outcome.NOT_CREATED)
            elif resource.type in _TYPES and resource.values:
                with self.problems.collected():
                    self._sort(resource)
        for name, members in self.groups.items():
            with self.problems.collected():
                self._policy(name, members)

    def _sort(self, resource: Resource) -> None:
        """Put a permission to the others of its function and version."""
        end = self.ends.one(resource, "function_name", NAMED["function_name"])
        if end is None:
            if not self.ends.waits(resource, "function_name"):
                self._missing(resource, "function_name")
            self._list(resource, Outcome.KNOWN_AFTER_APPLY, [f"{resource.address}.function_name"])
            return
        qualifier = resource.values.get("qualifier")
        function = end.resource.address if end.resource else end.text
        suffix = f":{qualifier}" if isinstance(qualifier, str) and qualifier else ""
        self.groups.setdefault(f"{function}{suffix}", []).append((resource, end))

    def _policy(self, name: str, members: list[tuple[Resource, End]]) -> None:
        first, end = members[0]
        waiting = [each for resource, _ in members for each in self._waiting(resource)]
        if waiting:
            self._list(first, Outcome.KNOWN_AFTER_APPLY, [f"{resource.address}.{attribute}" for resource, attribute in waiting])
            for resource, attribute in waiting:
                expressions = self.ends.following.configuration.expressions(resource.parts)
                texts = references_in(expressions.get(attribute)) if expressions else []
                self.ends.opening.after_apply(resource, attribute, whole(texts), "")
            return
        target = self.targets.resolved(first, end)
        qualifier = first.values.get("qualifier")
        arn = f"{target[0]}:{qualifier}" if target and qualifier else target[0] if target else None
        document = {"Version": "2012-10-17", "Statement": [self._statement(each, arn) for each, _ in members]}
        address = first.address if len(members) == 1 or not end.resource else name
        inner = Source(f"{self.plan.text.source.name}#{address}", json.dumps(document, indent=2))
        policy = f"{self.stem}/{address}"
        self._list(first, Outcome.READ, name=policy)
        self.found.documents.append(RawDocument(policy, self.file, parse_json(inner), inner, FORMS[Kind.RESOURCE]))
        if arn:
            self.held.append(Held(arn, policy, end.place))

    def _waiting(self, resource: Resource) -> list[tuple[Resource, str]]:
        """Return the attributes of a permission that are known after apply, if somebody writes them; AWS makes up the id of a statement."""
        writes = self.ends.following.configuration.writes
        return [(resource, each) for each in ("action", "principal", *_TESTS) if resource.is_unknown(each) and writes(resource, each)]

    def _statement(self, resource: Resource, arn: str | None) -> dict[str, object]:
        values = {name: self._text(resource, name) for name in ("action", "principal", "statement_id", *_TESTS)}
        for name in ("action", "principal"):
            if not values[name]:
                self._missing(resource, name)
        principal = values["principal"] or ""
        tests: dict[str, dict[str, str]] = {}
        for name, (operator, key) in _TESTS.items():
            if value := values[name]:
                tests.setdefault(operator, {})[key] = value
        return {
            **({"Sid": values["statement_id"]} if values["statement_id"] else {}),
            "Effect": "Allow",
            "Principal": "*" if principal == "*" else {principal_type(principal): principal},
            "Action": values["action"],
            **({"Resource": arn} if arn else {}),
            **({"Condition": tests} if tests else {}),
        }

    def _text(self, resource: Resource, name: str) -> str | None:
        value = resource.values.get(name)
        if isinstance(value, bool):  # the provider `aws` says false where nobody writes anything
            return str(value).lower() if value or resource.type != "aws_lambda_permission" else None
        if value is not None and not isinstance(value, str):
            place = self.plan.text.place(resource.start, *resource.path, name)
            self.plan.text.wrong_type(value, place, f"`{name}` of `{resource.address}`", "a string")
        return value

    def _list(
        self, resource: Resource, outcome: Outcome, needs: Sequence[str] = (), *, name: str | None = None, failed: bool = False
    ) -> None:
        """Note what becomes of the policy of a function, of which this is the first permission."""
        known = name or f"{self.stem}/{resource.address}"
        self.found.listed.append(Listed(known, Kind.RESOURCE, resource.address, None, None, outcome, tuple(needs), failed))

    def _missing(self, resource: Resource, name: str) -> None:
        self._list(resource, Outcome.READ, failed=True)
        place = self.plan.text.place(resource.start, "address")
        self.plan.text.refuse(Code.MISSING_SOURCE_MEMBER, f"the permission `{resource.address}` has no `{name}`", place)
