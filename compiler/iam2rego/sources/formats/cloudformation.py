"""CloudFormation templates."""

from typing import Final

from iam2rego.sources.cloudformation.template import is_template
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode


def _read(root: JsonNode, file: TextFile, options: Options, problems: Problems) -> Extract:
    from iam2rego.sources.cloudformation.reading import read  # here, since few sources are templates

    return read(root, file, options, problems)


FORMAT: Final = Format("a CloudFormation template", "`Resources`", is_template, _read)
