"""A file that is one policy document."""

from typing import Final

from iam2rego.sources.documents import RawDocument
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_any
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonNode

_MEMBERS: Final = ("Version", "Id", "Statement")


def _recognises(root: JsonNode) -> bool:
    return has_any(root, _MEMBERS)


def _read(root: JsonNode, file: TextFile, options: Options, _: Problems) -> Extract:
    return Extract([RawDocument(file.place.stem, file.place.file, root, file.source, FORMS[options.kind])])


FORMAT: Final = Format("a policy document", "`Version`, `Statement`", _recognises, _read)
