"""An earlier build, and the build that replaces it."""

from pathlib import Path

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import Bundle, compile_policies
from iam2rego.rego.bundle.output import write


@pytest.fixture
def earlier(policies: PolicySet) -> Bundle:
    return compile_policies(policies, revision="earlier")


@pytest.fixture
def bundle(other_policies: PolicySet) -> Bundle:
    return compile_policies(other_policies, revision="now")


@pytest.fixture
def out(tmp_path: Path, earlier: Bundle) -> Path:
    """A folder with an earlier build, alone in its parent."""
    folder = tmp_path / "parent" / "out"
    write(earlier, folder)
    return folder
