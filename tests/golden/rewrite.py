"""Writes the modules of all goldens anew, as the compiler emits them now: `.venv/bin/python tests/golden/rewrite.py`."""

from pathlib import Path

from iam2rego.rego import compile_policies
from iam2rego.sources import load


def main() -> None:
    """Compile the policy of every folder."""
    for policy in sorted(Path(__file__).parent.glob("*/policy.json")):
        bundle = compile_policies(load([str(policy)]).policies, revision="golden")
        policy.with_suffix(".rego").write_text(bundle.files["iam/policies/policy.rego"], encoding="utf-8")


if __name__ == "__main__":
    main()
