"""Extracts policies from a file of any format."""

from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Options
from iam2rego.sources.formats import format_of, text_formats
from iam2rego.sources.parsing import parse
from iam2rego.sources.problems import Problems
from iam2rego.syntax.decode import refuse_oversized


def extract_from(file: TextFile, options: Options, problems: Problems) -> Extract:
    """Return what a file holds; what is wrong with one document is added to the problems.

    Raises:
        PolicyError: the file is unreadable, or has no format that holds policies.
    """
    for each in text_formats():
        if each.recognises(file.source.text):
            return each.read(file, options, problems)
    refuse_oversized(file.source.name, file.data)
    root = parse(file)
    return format_of(root, file.source).read(root, file, options, problems)
