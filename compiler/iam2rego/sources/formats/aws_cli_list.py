"""What the AWS CLI prints about policies without their documents. Reading one is an error that names the command that prints them."""

from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.formats.account_export import LISTS
from iam2rego.sources.formats.aws_cli_managed import MEMBERS
from iam2rego.sources.members import has_all, has_any
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode, JsonObject

_VERSION: Final = "`aws iam get-policy-version --policy-arn ARN --version-id v1` prints the document of one"
_WHOLE: Final = "`aws iam get-account-authorization-details` prints them with their policies"
_HINTS: Final = {
    "AttachedPolicies": _VERSION,
    "PolicyNames": "`aws iam get-role-policy`, `get-user-policy` or `get-group-policy` prints one of them",
    "Versions": _VERSION,
    "PolicyGroups": _WHOLE,
    "Users": _WHOLE,
    "Groups": _WHOLE,
    "Group": _WHOLE,
    "Policy": _VERSION,
}
"""The members of such files, with what to do."""

_OF_POLICIES: Final = ("PolicyId", "DefaultVersionId")


def _recognises(root: JsonNode) -> bool:
    if not isinstance(root, JsonObject) or has_any(root, LISTS) or has_all(root, MEMBERS):
        return False
    found = next((each for each in root.members if each.name in _HINTS), None)
    return found is not None and (found.name != "Policy" or has_any(found.value, _OF_POLICIES))


def _read(root: JsonNode, file: TextFile, _options: Options, _problems: Problems) -> Extract:
    assert isinstance(root, JsonObject)
    found = next(each for each in root.members if each.name in _HINTS)
    message = f"`{found.name}` names policies or who has them, and holds no document"
    raise PolicyError([Diagnostic(Code.NO_POLICY, message, file.source, found.name_span, _HINTS[found.name])])


FORMAT: Final = Format("a list of the AWS CLI", "", _recognises, _read)
