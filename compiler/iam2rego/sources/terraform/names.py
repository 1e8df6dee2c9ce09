"""Names that a plan does not tell: values from outside, the account, and ARNs that follow from names."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from iam2rego.sources.terraform.cloud_control import ARNS
from iam2rego.sources.terraform.configuration import Configuration
from iam2rego.sources.terraform.resources import Resource

ACCOUNT: Final = "AWS::AccountId"
REGION: Final = "AWS::Region"
PARTITION: Final = "AWS::Partition"

_ACCOUNTS: Final = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:([0-9]{12}):")
_PARTITIONS: Final = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))
_HOLE: Final = re.compile(r"\{([a-z]+)\}")

_ARNS: Final[Mapping[str, tuple[str, str]]] = {
    "aws_iam_role": ("name", "arn:{partition}:iam::{account}:role{path}{name}"),
    "aws_iam_user": ("name", "arn:{partition}:iam::{account}:user{path}{name}"),
    "aws_iam_group": ("name", "arn:{partition}:iam::{account}:group{path}{name}"),
    "aws_iam_policy": ("name", "arn:{partition}:iam::{account}:policy{path}{name}"),
    "aws_s3_bucket": ("bucket", "arn:{partition}:s3:::{name}"),
    "aws_sqs_queue": ("name", "arn:{partition}:sqs:{region}:{account}:{name}"),
    "aws_sns_topic": ("name", "arn:{partition}:sns:{region}:{account}:{name}"),
    "aws_dynamodb_table": ("name", "arn:{partition}:dynamodb:{region}:{account}:table/{name}"),
    "aws_lambda_function": ("function_name", "arn:{partition}:lambda:{region}:{account}:function:{name}"),
    "aws_ecr_repository": ("name", "arn:{partition}:ecr:{region}:{account}:repository/{name}"),
    "aws_kinesis_stream": ("name", "arn:{partition}:kinesis:{region}:{account}:stream/{name}"),
    "aws_cloudwatch_event_bus": ("name", "arn:{partition}:events:{region}:{account}:event-bus/{name}"),
    "aws_codebuild_project": ("name", "arn:{partition}:codebuild:{region}:{account}:project/{name}"),
}
_SAME: Final[Mapping[str, tuple[str, str]]] = {
    "awscc_iam_role": ("role_name", "aws_iam_role"),
    "awscc_iam_user": ("user_name", "aws_iam_user"),
    "awscc_iam_group": ("group_name", "aws_iam_group"),
    "awscc_iam_managed_policy": ("managed_policy_name", "aws_iam_policy"),
    "awscc_s3_bucket": ("bucket_name", "aws_s3_bucket"),
    "awscc_sqs_queue": ("queue_name", "aws_sqs_queue"),
    "awscc_sns_topic": ("topic_name", "aws_sns_topic"),
    "awscc_dynamodb_table": ("table_name", "aws_dynamodb_table"),
    "awscc_dynamodb_global_table": ("table_name", "aws_dynamodb_table"),
    "awscc_lambda_function": ("function_name", "aws_lambda_function"),
    "awscc_ecr_repository": ("repository_name", "aws_ecr_repository"),
    "awscc_kinesis_stream": ("name", "aws_kinesis_stream"),
    "awscc_events_event_bus": ("name", "aws_cloudwatch_event_bus"),
    "awscc_codebuild_project": ("name", "aws_codebuild_project"),
}
"""Types of the other provider: the attribute that names a resource, and the type with the same ARN."""

_NAMINGS: Final[Mapping[str, tuple[str, str]]] = {**_ARNS, **{kind: (name, _ARNS[same][1]) for kind, (name, same) in _SAME.items()}}
"""The attribute that names a resource, and its ARN."""


class MissingError(Exception):
    """A name is not known; its own name, for `--param`, is the message."""


@dataclass(slots=True)
class Names:
    """The names of one file.

    Attributes:
        stem: the file's name, which may come before a name and a slash.
        parameters: values from outside.
        configuration: tells the region.
        used: the parameters that were used.
        assumed: the account, if only ARNs in the file tell it, and it was used.
    """

    stem: str
    parameters: Mapping[str, str]
    configuration: Configuration
    used: set[str] = field(default_factory=set)
    assumed: str | None = None
    _only: str | None = None
    _searched: bool = False

    def outside(self, name: str) -> str | None:
        """Return the value that a parameter gives a name; None if none does."""
        key = next((each for each in (f"{self.stem}/{name}", name) if each in self.parameters), None)
        if key is None:
            return None
        self.used.add(key)
        return self.parameters[key]

    def text(self, resource: Resource, attribute: str) -> str | None:
        """Return the text of an attribute: the one from outside, or the file's; None if it is not known or empty."""
        bound = self.outside(f"{resource.address}.{attribute}")
        value = resource.values.get(attribute) if bound is None else bound
        return value if isinstance(value, str) and value else None

    def arn(self, resource: Resource) -> str:
        """Return the ARN of a resource.

        Raises:
            MissingError: it is not known.
        """
        own = ARNS.get(resource.type, "arn")
        known = self.text(resource, own)
        if known:
            return known
        if resource.type not in _NAMINGS:
            raise MissingError(f"{resource.address}.{own}")
        attribute, form = _NAMINGS[resource.type]
        name = self.text(resource, attribute)
        if name is None:
            raise MissingError(f"{resource.address}.{attribute}")
        return self.filled(resource, form, name, self._path(resource))

    def name(self, resource: Resource) -> str | None:
        """Return the name of a resource that has one; None if it is not known."""
        return self.text(resource, _NAMINGS[resource.type][0])

    def quietly(self, resource: Resource) -> str | None:
        """Return the ARN of a resource if it is known; nothing in the file depends on it."""
        before = self.assumed
        try:
            return self.arn(resource)
        except MissingError:
            return None
        finally:
            self.assumed = before

    def filled(self, resource: Resource, form: str, name: str, path: str = "/") -> str:
        """Return an ARN of a form with holes, of a ``resource`` or of what it names.

        Raises:
            MissingError: the account or the region is not known.
        """
        known = {"name": name, "path": path}
        makers: Mapping[str, Callable[[], str]] = {
            "account": self.account,
            "region": partial(self._region, resource),
            "partition": partial(self.partition, resource),
        }
        values = {each: known[each] if each in known else makers[each]() for each in _HOLE.findall(form)}
        return _HOLE.sub(lambda found: values[found[1]], form)

    def account(self) -> str:
        """Return the account: the one from outside, or the only one of all ARNs in the file."""
        bound = self.outside(ACCOUNT)
        if bound is None:
            bound = self.assumed = self._only_account()
        if bound is None:
            raise MissingError(ACCOUNT)
        return bound

    def partition(self, resource: Resource) -> str:
        """Return the partition of a resource, which follows from its region."""
        region = self._known_region(resource) or ""
        return self.outside(PARTITION) or next((name for begin, name in _PARTITIONS if region.startswith(begin)), "aws")

    def _path(self, resource: Resource) -> str:
        """Return the path of an identity or policy. It is `/` if nobody writes it, though a plan may not know that yet."""
        known = self.text(resource, "path")
        if known is None and resource.waits("path") and self.configuration.writes(resource, "path"):
            raise MissingError(f"{resource.address}.path")
        return known or "/"

    def _region(self, resource: Resource) -> str:
        found = self._known_region(resource)
        if found is None:
            raise MissingError(REGION)
        return found

    def _known_region(self, resource: Resource) -> str | None:
        """Return the region of a resource: its own, its provider's, or the one from outside."""
        own = resource.values.get("region")
        known = own if isinstance(own, str) and own else self.configuration.region(resource.parts)
        return known or self.outside(REGION)

    def _only_account(self) -> str | None:
        if not self._searched:
            self._searched = True
            found = {each[1] for each in _ACCOUNTS.finditer(self.configuration.plan.text.text)}
            self._only = found.pop() if len(found) == 1 else None
        return self._only
