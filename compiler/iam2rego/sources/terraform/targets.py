"""The ARNs of the resources that have resource policies."""

import re
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
_FORMS: Final = {
    "aws_s3_bucket_policy": "arn:{partition}:s3:::{name}",
    "aws_ecr_repository_policy": "arn:{partition}:ecr:{region}:{account}:repository/{name}",
    "aws_cloudwatch_event_bus_policy": "arn:{partition}:events:{region}:{account}:event-bus/{name}",
    "aws_kms_key_policy": "arn:{partition}:kms:{region}:{account}:key/{name}",
    "aws_efs_file_system_policy": "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{name}",
    "aws_opensearch_domain_policy": "arn:{partition}:es:{region}:{account}:domain/{name}",
    "aws_elasticsearch_domain_policy": "arn:{partition}:es:{region}:{account}:domain/{name}",
    "aws_lambda_permission": "arn:{partition}:lambda:{region}:{account}:function:{name}",
}
"""The ARNs of resources that a policy names by their names or ids."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds the ARNs of one file."""

    names: Names
    ends: Ends
    opening: OpenEnds

    def of(self, policy: Policy) -> tuple[str, Span] | None:
        """Return the ARN of the resource that has a policy, and the place that names it; None if it is not known, which is noted."""
        resource, target = policy.resource, policy.place.target
        assert target is not None
        if target == ITSELF:
            end: End | None = End(None, resource, self.ends.plan.text.place(resource.start, "address"))
        else:
            end = self.ends.one(resource, target, NAMED.get(target, ()))
        return self.resolved(resource, end) if end else None

    def resolved(self, resource: Resource, end: End) -> tuple[str, Span] | None:
        """Return the ARN that an end of an edge means."""
        try:
            arn = self._arn(resource, end)
        except MissingError as missing:
            message = f"nothing tells `{missing}`, so the policy of `{resource.address}` is attached to nothing"
            self.opening.unnamed(str(missing), message, resource)
            return None
        self.ends.plan.text.refuse_surrogates(arn, end.place)
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
