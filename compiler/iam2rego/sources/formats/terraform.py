"""Plans and states of Terraform, as JSON."""

from typing import Final

from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Options, TextFormat
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.recognition import MARKS, is_terraform


def _read(file: TextFile, options: Options, problems: Problems) -> Extract:
    from iam2rego.sources.terraform.reading import read  # here, since few sources are plans

    return read(file, options, problems)


FORMAT: Final = TextFormat("a plan or state of Terraform", "`format_version`", MARKS, is_terraform, _read)
