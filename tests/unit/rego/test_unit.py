"""What one policy makes of a bundle by itself."""

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.lower import lower_policy
from iam2rego.rego.printer import print_module
from iam2rego.rego.unit import compile_policy


@pytest.mark.parametrize(
    ("number", "uses"),
    [pytest.param(0, ("allow",), id="allows"), pytest.param(1, ("deny", "reads_context"), id="denies-and-reads-the-context")],
)
def test_a_unit_knows_the_sets_that_its_module_defines(policies: PolicySet, number: int, uses: tuple[str, ...]) -> None:
    assert compile_policy(policies.policies[number], package="iam", labels=True).uses == uses


def test_head_and_body_are_the_module_but_for_its_name(policies: PolicySet) -> None:
    policy = policies.policies[1]
    unit = compile_policy(policy, package="iam", labels=True)
    module = lower_policy(policy, module="any", package="iam", labels=True)
    assert f"{unit.head}package iam.policies.any\n{unit.body}" == print_module(module)
