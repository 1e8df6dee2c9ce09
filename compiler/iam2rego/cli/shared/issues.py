"""AWS's issue codes for diagnostics, which only `lint` knows."""

from dataclasses import replace

from iam2rego.diagnostics import Diagnostic
from iam2rego.lint import issue


def with_issue(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic with the issue code of IAM Access Analyzer's policy validation, which those of other rooms do not have yet."""
    from iam2rego.lint.registry import all_findings  # here, since text needs no descriptions

    return diagnostic if diagnostic.aws else replace(diagnostic, aws=issue(all_findings()[diagnostic.code]))
