"""A policy of an organization, as ``aws organizations describe-policy`` prints it."""

from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.sources.documents import document
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_any, object_members, require, text_of
from iam2rego.sources.places import ORGANIZATION
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonObject


def _recognises(root: JsonNode) -> bool:
    policy = next((each.value for each in root.members if each.name == "Policy"), None) if isinstance(root, JsonObject) else None
    return policy is not None and has_any(policy, ["PolicySummary", "Content"])


def _read(root: JsonNode, file: TextFile, _options: Options, _problems: Problems) -> Extract:
    policy = object_members(root, file.source, "an organization's policy", ("Policy",))["Policy"]
    members = object_members(policy.value, file.source, "`Policy`", None)
    require(policy.value, members, file.source, "`Policy`", ("PolicySummary", "Content"))
    summary = members["PolicySummary"].value
    told = object_members(summary, file.source, "`PolicySummary`", None)
    require(summary, told, file.source, "`PolicySummary`", ["Type"])
    type_ = text_of(told["Type"].value, file.source, "`Type`")
    if type_ not in ORGANIZATION:
        message = f"a policy of the type {quote(type_)} is not one of IAM's language"
        raise PolicyError([Diagnostic(Code.NO_POLICY, message, file.source, told["Type"].value.span)])
    form = FORMS[ORGANIZATION[type_]]
    return Extract([document(file.place.stem, members["Content"].value, file.source, file.place.file, form)])


FORMAT: Final = Format("a policy of an organization", "`PolicySummary`", _recognises, _read)
