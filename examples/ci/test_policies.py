"""What the policies of this repository must allow and deny."""

from pathlib import Path

import pytest

from iam2rego.pytest_plugin.fixture import Iam2rego, Policies


@pytest.fixture(scope="session")
def policies(iam2rego: Iam2rego) -> Policies:
    """All policies of the folder, as they are built."""
    return iam2rego.load(Path(__file__).with_name("policies"))


@pytest.mark.parametrize(("encrypted", "decision"), [("true", "allowed"), ("false", "explicitDeny")])
def test_reports_are_read_by_tls_only(policies: Policies, encrypted: str, decision: str) -> None:
    """The request is the same but for the transport."""
    request = {
        "principal": "arn:aws:iam::111122223333:user/ann",
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::reports/2026.csv",
        "context": {"aws:SecureTransport": encrypted},
    }
    policies.expect(decision, request)
