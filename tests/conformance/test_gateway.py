"""The whole way from a gateway's document to the decision, on OPA and natively."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.freshness import Wanted
from iam2rego.conformance.gateway.conform import conform_built, conform_made
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.bundles import stored
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import dumps
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import Bundle, compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.gateway.settings import with_gateway
from tests.conformance.gateway_files import FILES, KINDS, OTHER_KINDS, TOKENS, gateway_in, policies_in
from tests.support.slices import every

SEED: Final = 7
CLUSTER: Final = """
[context]
"aws:UserAgent" = "{header.User-Agent}"

[[routes]]
method = "GET"
path = "/clusters/{cluster}"
action = "ecs:DescribeClusters"
resource = "arn:aws:ecs:us-east-1:123456789012:cluster/{cluster}"
"""


@pytest.fixture(name="policies", scope="module")
def _policies(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    return policies_in(tmp_path_factory.mktemp("policies"))


def asked(policies: PolicySet, gateway: Gateway, opa: Binary, layout: Layout = Layout.MODULES) -> ConformReport:
    return conform_made(Questions(Wanted(policies, "iam", {}), SEED, (), lambda *_: None), gateway, opa, layout)


@pytest.mark.parametrize("kind", every(len(KINDS), KINDS))
def test_both_engines_make_the_same_requests_and_decisions_of_documents(
    kind: str, policies: PolicySet, opa: Binary, tmp_path: Path
) -> None:
    report = asked(policies, gateway_in(tmp_path, FILES[kind]), opa)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert report.requests > 1_500
    assert report.all_invalid == ()
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_both_engines_decide_alike_what_others_ask(kind: str, policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    report = asked(policies, gateway_in(tmp_path, FILES[kind]), opa)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert report.requests > 300
    assert report.all_invalid == ()
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}


def test_the_packed_layout_decides_what_a_gateway_asks(policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    report = asked(policies, gateway_in(tmp_path, FILES["minio"]), opa, Layout.PACKED)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}


@pytest.mark.parametrize("algorithm", ["RS256", "PS384", "ES256", "ES512", "EdDSA"])
def test_both_engines_take_the_same_tokens(algorithm: str, policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    report = asked(policies, gateway_in(tmp_path, TOKENS.replace("ALGORITHM", algorithm)), opa)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert set(report.decisions) == {"allowed", "invalid"}


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        pytest.param("routes/routes", "template.name(segment_1)", "segment_1", id="a-segment-leaves-its-field"),
        pytest.param("lib/gateway/path", 'not decoded(written) in {".", ".."}', "true", id="a-path-goes-up"),
        pytest.param("lib/gateway/headers", 'not contains(value, ",")', "true", id="a-header-stands-twice"),
    ],
)
def test_a_wrong_gateway_is_found(module: str, old: str, new: str, policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    gateway = gateway_in(tmp_path, KINDS["http"] + CLUSTER)
    bundle = with_gateway(compile_policies(policies, revision=""), gateway, "iam")
    path, right = f"iam/{module}.rego", bundle.files[f"iam/{module}.rego"]
    assert old in right
    with stored(Bundle({**bundle.files, path: right.replace(old, new)})) as folder:
        report = conform_built(folder, Questions(Wanted(policies, "iam", {}), SEED, (), lambda *_: None), gateway, opa)
    assert report.disagreements
