"""The names in templates that need values."""

from collections.abc import Mapping, Sequence

from iam2rego.ir.policy import Kind
from iam2rego.sources.extracting import extract_from
from iam2rego.sources.format import Options, Wanted
from iam2rego.sources.parsing import read_sources
from iam2rego.sources.problems import Problems


def wanted_names(paths: Sequence[str], parameters: Mapping[str, str]) -> tuple[Wanted, ...]:
    """Return each name once: first those that need a value, then those with a default.

    Raises:
        PolicyError: a file cannot be read, or holds no policies.
    """
    problems = Problems()
    names: dict[str, Wanted] = {}
    options = Options(Kind.IDENTITY, False, parameters)
    for file in read_sources(paths, problems):
        with problems.collected():
            for each in extract_from(file, options, Problems()).wanted:
                names.setdefault(each.name, each)
    problems.settled()
    return tuple(sorted(names.values(), key=lambda each: each.default is not None))
