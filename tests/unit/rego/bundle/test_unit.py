"""What one policy makes of a bundle by itself."""

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.unit import ModuleText, compile_policy
from iam2rego.rego.language.printer import print_imports, print_module
from iam2rego.rego.modules.policy import compile_module
from iam2rego.rego.reading.statements import read_statements


@pytest.mark.parametrize(
    ("number", "uses"),
    [pytest.param(0, ("allow",), id="allows"), pytest.param(1, ("deny", "reads_context"), id="denies-and-reads-the-context")],
)
def test_a_unit_knows_the_sets_that_its_module_defines(policies: PolicySet, number: int, uses: tuple[str, ...]) -> None:
    assert compile_policy(policies.policies[number], labels=True, layout=Layout.MODULES).uses == uses


def test_a_unit_is_the_module_but_for_its_name_and_package(policies: PolicySet) -> None:
    policy = policies.policies[1]
    made = compile_policy(policy, labels=True, layout=Layout.MODULES).made
    module = compile_module(policy, read_statements(policy), module="any", package="iam", labels=True)
    assert isinstance(made, ModuleText)
    imports = print_imports(f"data.iam.lib.{library}" for library in made.libraries)
    assert f"{made.head}package iam.policies.any\n{imports}{made.rules}" == print_module(module)
