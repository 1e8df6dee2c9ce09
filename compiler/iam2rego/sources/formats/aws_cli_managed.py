"""A managed policy with its ARN: what `get-policy` and `get-policy-version` print, as one object (``jq -s add``)."""

from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.source import Source
from iam2rego.sources.account_details import AccountDetails
from iam2rego.sources.documents import decoded, document
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_all, object_members, require, text_of, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonBoolean, JsonNode

MEMBERS: Final = ("Policy", "PolicyVersion")
_DEFAULT: Final = "`DefaultVersionId` of `aws iam get-policy` says which version has effect"


def _recognises(root: JsonNode) -> bool:
    return has_all(root, MEMBERS)


def _read(root: JsonNode, file: TextFile, _options: Options, _problems: Problems) -> Extract:
    """Read the policy, which has its ARN as its name, as in an account's export: users and roles of other sources refer to it."""
    source = file.source
    parts = object_members(root, source, "a managed policy", MEMBERS)
    policy = object_members(parts["Policy"].value, source, "`Policy`", None)
    version = object_members(parts["PolicyVersion"].value, source, "`PolicyVersion`", None)
    require(parts["Policy"].value, policy, source, "`Policy`", ["Arn"])
    require(parts["PolicyVersion"].value, version, source, "`PolicyVersion`", ("Document", "IsDefaultVersion"))
    _refuse_other_versions(version["IsDefaultVersion"].value, source)
    arn = text_of(policy["Arn"].value, source, "`Arn`")
    found = document(arn, decoded(version["Document"].value, source), source, file.place.file, FORMS[Kind.IDENTITY])
    return Extract([found], AccountDetails(source, (), {arn: arn}, frozenset(), None, exported=False))


def _refuse_other_versions(node: JsonNode, source: Source) -> None:
    """Refuse a version that has no effect."""
    if not isinstance(node, JsonBoolean):
        raise PolicyError([wrong_type(node, source, "`IsDefaultVersion`", "true or false")])
    if not node.value:
        message = "this version of the managed policy is not the default one, so it has no effect"
        raise PolicyError([Diagnostic(Code.UNKNOWN_REFERENCE, message, source, node.span, _DEFAULT)])


FORMAT: Final = Format("a managed policy", "`Policy` with `PolicyVersion`", _recognises, _read)
