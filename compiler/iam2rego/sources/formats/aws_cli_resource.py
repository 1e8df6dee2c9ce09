"""What the AWS CLI prints around the policy of a resource: `get-bucket-policy`, `get-key-policy`, `get-queue-attributes` and so on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.attachments import Attachments, ResourcePolicy
from iam2rego.ir.policy import OF_RESOURCES, Kind
from iam2rego.sources.documents import document
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_any, object_members
from iam2rego.sources.problems import Problems
from iam2rego.sources.resource_arns import is_one, kind_of
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonNode, JsonObject, JsonString, Member, objects, strings

_DOCUMENTS: Final = ("Policy", "ResourcePolicy", "policyText")
"""The members that hold a policy: those of most services, of Secrets Manager and of ECR."""

_ATTRIBUTES: Final = "Attributes"
"""The member of SQS and SNS whose member `Policy` holds a policy."""

_OWNERS: Final = ("QueueArn", "TopicArn", "ARN", "Arn", "BackupVaultArn")
_KINDS: Final = {"kms": Kind.KEY, "s3": Kind.BUCKET, "sqs": Kind.QUEUE, "sns": Kind.TOPIC, "dynamodb": Kind.TABLE}
"""The kinds of policies by the service of all their actions."""

_OF_A_KEY: Final = "default"
"""The `PolicyName` of every key policy."""

_NOT_TOLD: Final = "`--attribute-names All` of `aws sqs get-queue-attributes` prints the policy of a queue that has one"


def _recognises(root: JsonNode) -> bool:
    members = {each.name: each.value for each in root.members} if isinstance(root, JsonObject) else {}
    documents = (members[name] for name in _DOCUMENTS if name in members)
    return isinstance(members.get(_ATTRIBUTES), JsonObject) or any(map(_is_document, documents))


def _is_document(node: JsonNode) -> bool:
    return isinstance(node, JsonString) or has_any(node, ("Version", "Statement"))


def _read(root: JsonNode, file: TextFile, options: Options, _: Problems) -> Extract:
    """Read the policy. Other members are accepted, since AWS adds some; one of them may be the ARN of the resource."""
    members = object_members(root, file.source, "what the AWS CLI prints", None)
    if _ATTRIBUTES in members:
        members = object_members(members[_ATTRIBUTES].value, file.source, "`Attributes`", None)
    node = next((members[name].value for name in _DOCUMENTS if name in members), None)
    if node is None:
        raise PolicyError([Diagnostic(Code.NO_POLICY, "the queue or topic has no policy here", file.source, root.span, _NOT_TOLD)])
    found = document(file.place.stem, node, file.source, file.place.file, FORMS[Kind.RESOURCE])
    owner = next((text for name in _OWNERS if (text := _text(members, name))), None) or _only_resource(found.node)
    kind = _kind(found.node, owner, options.kind, is_of_key=_text(members, "PolicyName") == _OF_A_KEY)
    held = Attachments(resources=(ResourcePolicy(resource=owner, policy=found.name),)) if owner and is_one(owner) else None
    return Extract([replace(found, form=FORMS[kind])], held)


def _text(members: Mapping[str, Member], name: str) -> str | None:
    value = members[name].value if name in members else None
    return value.value if isinstance(value, JsonString) else None


def _only_resource(node: JsonNode) -> str | None:
    """Return the one resource that all statements name: a policy may name no other than its own. In S3 that is the bucket of objects."""
    named = set(_named(node, "Resource"))
    buckets = {each.partition("/")[0] if each.split(":")[2:5] == ["s3", "", ""] else each for each in named}
    return next(iter(buckets)) if len(buckets) == 1 else None


def _kind(node: JsonNode, owner: str | None, given: Kind, *, is_of_key: bool) -> Kind:
    """Return the kind of a policy: the one that is given, if it is one of resources, or else what the text says."""
    if given in OF_RESOURCES and given is not Kind.RESOURCE:
        return given
    if is_of_key:
        return Kind.KEY
    if owner and (kind := kind_of(owner)) is not Kind.RESOURCE:
        return kind
    if any(":accesspoint/" in each for each in _named(node, "Resource")):
        return Kind.ACCESS_POINT
    services = {each.partition(":")[0].lower() for each in _named(node, "Action")}
    return _KINDS.get(next(iter(services)), Kind.RESOURCE) if len(services) == 1 else Kind.RESOURCE


def _named(node: JsonNode, element: str) -> Iterator[str]:
    """Yield the texts of an element of all statements."""
    for each in objects(node):
        for member in each.members:
            if member.name == element:
                yield from (text for text, _ in strings(member.value))


FORMAT: Final = Format("the policy of a resource", "`Policy`, `policyText`, ...", _recognises, _read)
