"""The ARNs of the resources that have resource policies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iam2rego.source import Span
from iam2rego.sources.places import ITSELF
from iam2rego.sources.terraform.ends import End, Ends
from iam2rego.sources.terraform.found import Policy
from iam2rego.sources.terraform.names import MissingError, Names
from iam2rego.sources.terraform.open_ends import OpenEnds
from iam2rego.sources.terraform.resources import Resource
from iam2rego.sources.terraform.table import NAMED

_ONE: Final = re.compile(r"arn(:[^:*?]*){4}:[^*?]+", re.DOTALL)
_QUEUE_URL: Final = re.compile(r"https://(?:sqs\.([^./]+)|([^./]+)\.queue)\.[^/]+/([0-9]{12})/([^/]+)")
_BUCKET: Final = "arn:{partition}:s3:::{name}"
_FUNCTION: Final = "arn:{partition}:lambda:{region}:{account}:function:{name}"
_LISTS: Final = ("queues", "topics")
"""Attributes that name several resources with one policy."""

_FORMS: Final = {
    "aws_s3_bucket_policy": _BUCKET,
    "aws_ecr_repository_policy": "arn:{partition}:ecr:{region}:{account}:repository/{name}",
    "aws_cloudwatch_event_bus_policy": "arn:{partition}:events:{region}:{account}:event-bus/{name}",
    "aws_kms_key_policy": "arn:{partition}:kms:{region}:{account}:key/{name}",
    "aws_efs_file_system_policy": "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{name}",
    "aws_opensearch_domain_policy": "arn:{partition}:es:{region}:{account}:domain/{name}",
    "aws_elasticsearch_domain_policy": "arn:{partition}:es:{region}:{account}:domain/{name}",
    "aws_lambda_permission": _FUNCTION,
    "awscc_lambda_permission": _FUNCTION,
    "awscc_s3_bucket_policy": _BUCKET,
}
"""The ARNs of resources that a policy names by their names or ids."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds the ARNs of one file."""

    names: Names
    ends: Ends
    opening: OpenEnds

    def of(self, policy: Policy) -> Iterator[tuple[str, Span]]:
        """Yield the ARNs of the resources that have a policy, and the places that name them; what is not known is noted."""
        resource, target = policy.resource, policy.place.target
        assert target is not None
        ends = self.ends_of(resource, target)
        if not ends:
            self.ends.nobody(resource, target)
        for end in ends:
            found = self.resolved(resource, end)
            if found:
                yield found

    def ends_of(self, resource: Resource, target: str) -> list[End]:
        """Return the resources that an attribute names, or the one that has it, if that is the target."""
        if target == ITSELF:
            return [self.ends.itself(resource)]
        if target in _LISTS:
            return self.ends.several(resource, target, NAMED[target])
        end = self.ends.one(resource, target, NAMED[target])
        return [end] if end else []

    def resolved(self, resource: Resource, end: End) -> tuple[str, Span] | None:
        """Return the ARN that an end of an edge means."""
        try:
            arn = self._arn(resource, end)
        except MissingError as missing:
            message = f"nothing tells `{missing}`, so the policy of `{resource.address}` is attached to nothing"
            self.opening.unnamed(str(missing), message, resource)
            return None
        self.ends.plan.text.refuse_surrogates(arn, lambda: end.place)
        if _ONE.fullmatch(arn):
            return arn, end.place
        message = f"the policy of `{resource.address}` is for `{arn}`, which is not the ARN of one resource: it is only checked"
        self.opening.only_checked(message, "", end.place)
        return None

    def _arn(self, resource: Resource, end: End) -> str:
        if end.resource is not None:
            return self.names.arn(end.resource)
        assert end.text is not None
        return self.spelled(resource, end.text)

    def spelled(self, resource: Resource, text: str) -> str:
        """Return the ARN that a name, an id or a URL means in a resource.

        Raises:
            MissingError: the account or the region is not known.
        """
        if text.startswith("arn:"):
            return text
        if found := _QUEUE_URL.fullmatch(text):
            return f"arn:{self.names.partition(resource)}:sqs:{found[1] or found[2]}:{found[3]}:{found[4]}"
        form = _FORMS.get(resource.type)
        return self.names.filled(resource, form, text) if form else text
