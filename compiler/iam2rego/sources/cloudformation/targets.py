"""The ARNs of the resources that have resource policies."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from iam2rego.sources.cloudformation.evaluation import sure_text
from iam2rego.sources.cloudformation.found import Policy
from iam2rego.sources.cloudformation.names import attribute, pseudo_text, reference
from iam2rego.sources.cloudformation.needs import DESCRIBED
from iam2rego.sources.cloudformation.opening import Opening
from iam2rego.sources.cloudformation.permissions import function_of
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.sources.places import ITSELF
from iam2rego.syntax.tree import JsonNode, JsonString

_ONE: Final = re.compile(r"arn(:[^:*?]*){4}:[^*?]+", re.DOTALL)
_QUEUE_URL: Final = re.compile(r"https://(?:sqs\.([^./]+)|([^./]+)\.queue)\.[^/]+/([0-9]{12})/([^/]+)")
_NAMED: Final = {"AWS::SQS::Queue": "Arn", "AWS::SNS::Topic": "TopicArn", "AWS::S3::Bucket": "Arn"}
_BUCKET: Final = "AWS::S3::BucketPolicy"
_LAMBDA: Final = "AWS::Lambda::Permission"


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds the ARNs."""

    resolution: Resolution
    opening: Opening

    def arns(self, policy: Policy) -> Iterator[str]:
        """Yield the ARNs of the resources that have a policy; one that is not known leaves the policy open."""
        resource, target = policy.resource, policy.place.target
        if target == ITSELF:
            yield from self._checked(resource, self._found(resource, resource, None))
            return
        member = resource.properties.get(target or "")
        if member is None:
            self.opening.add(f"`{resource.logical_id}` does not say whose policy it has", f"give it `{target}`", resource.span)
            return
        for node in self.opening.items(member.value) if target in ("Queues", "Topics") else (member.value,):
            yield from self._checked(resource, self._found(resource, self.opening.referred(node), node))

    def _found(self, resource: Resource, named: Resource | None, node: JsonNode | None) -> str | None:
        who = f"`{named.logical_id}`" if named else "the resource"
        return self.opening.attempt(
            lambda: self._arn(resource, named, node),
            f"nothing tells the name of {who}, so the policy of `{resource.logical_id}` is attached to nothing",
            f"`--param {named.logical_id if named else 'NAME'}=...`, or {DESCRIBED}",
            node.span if node else resource.span,
        )

    def _checked(self, resource: Resource, arn: str | None) -> Iterator[str]:
        if arn is None:
            return
        if _ONE.fullmatch(arn):
            yield arn
        else:
            message = f"the policy of `{resource.logical_id}` is for `{arn}`, which is not the ARN of one resource: it is only checked"
            self.opening.add(message, "", resource.span)

    def _arn(self, resource: Resource, named: Resource | None, node: JsonNode | None) -> str:
        if node is None:
            return self._own(resource)
        if named is not None and named.type in _NAMED and f"{named.logical_id}" not in self.resolution.template.parameters:
            value = attribute(self.resolution, named.logical_id, _NAMED[named.type], node.span)
            assert isinstance(value, JsonString)
            return value.value
        if resource.type == _LAMBDA:
            return self._function(node)
        return self._spelled(resource, sure_text(self.resolution, node), node)

    def _own(self, resource: Resource) -> str:
        """Return the ARN of a resource that has a policy of its own: the attribute `Arn`, or what `Ref` gives."""
        with self.resolution.apart() as needs:
            with suppress(UnresolvedError):
                value = attribute(self.resolution, resource.logical_id, "Arn", resource.span)
                assert isinstance(value, JsonString)
                return value.value
            referred = None
            with suppress(UnresolvedError):
                referred = reference(self.resolution, resource.logical_id, resource.span)
        if isinstance(referred, JsonString) and referred.value.startswith("arn:"):
            return referred.value
        self.resolution.take(needs)
        raise UnresolvedError

    def _spelled(self, resource: Resource, text: str, node: JsonNode) -> str:
        """Return the ARN that a name or URL stands for."""
        partition = "aws" if text.startswith("arn:") else pseudo_text(self.resolution, "AWS::Partition", node.span)
        if resource.type == _BUCKET and not text.startswith("arn:"):
            return f"arn:{partition}:s3:::{text}"
        if match := _QUEUE_URL.fullmatch(text):
            return f"arn:{partition}:sqs:{match[1] or match[2]}:{match[3]}:{match[4]}"
        return text

    def _function(self, node: JsonNode) -> str:
        local = function_of(node)
        if local is not None and local in self.resolution.template.resources:
            value = attribute(self.resolution, local, "Arn", node.span)
            assert isinstance(value, JsonString)
            return value.value
        text = sure_text(self.resolution, node)
        if text.startswith("arn:"):
            return text
        partition, region, account = (
            pseudo_text(self.resolution, f"AWS::{each}", node.span) for each in ("Partition", "Region", "AccountId")
        )
        return f"arn:{partition}:lambda:{region}:{account}:function:{text.rpartition(':function:')[2]}"
