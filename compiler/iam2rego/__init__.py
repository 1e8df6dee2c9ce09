"""iam2rego compiles AWS IAM JSON policies to Rego and checks the result against an independent evaluator."""

from typing import Final

__version__: Final = "0.1.0"
