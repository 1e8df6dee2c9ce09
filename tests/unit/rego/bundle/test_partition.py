"""Which bundles an estate is parted into, and what each holds."""

import json
from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest

from iam2rego.ir.attachments import Attachments, PrincipalPolicies
from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import Bundle, assemble
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.partition import By, partitioned
from iam2rego.rego.bundle.unit import Unit, compile_policy

ONE, OTHER = "111111111111", "222222222222"


def below(units: Sequence[Unit], attached: Attachments, package: str) -> Bundle:
    return assemble(units, attached, revision="", package=package, layout=Layout.MODULES)


def parted(policies: PolicySet, by: By = By.ACCOUNT, **attached: str) -> Mapping[str, Bundle]:
    """Part accounts in which principals, by their ARN, have one policy each: `a/allow` or `b`."""
    principals = tuple(PrincipalPolicies(arn=arn, identity=(policy,)) for arn, policy in attached.items())
    exported = Attachments(accounts=(ONE, OTHER), principals=principals)
    units = [compile_policy(policy, labels=True, layout=Layout.MODULES) for policy in policies.policies]
    return partitioned(units, exported, by=by, package="iam", below=below)


def user(name: str, account: str = ONE) -> str:
    return f"arn:aws:iam::{account}:user/{name}"


def modules(bundle: Bundle) -> list[str]:
    return [path for path in bundle.files if "/policies/" in path]


def manifest(bundle: Bundle) -> dict[str, object]:
    read: dict[str, object] = json.loads(bundle.files[".manifest"])
    return read


def test_a_partition_holds_what_its_principals_have(policies: PolicySet) -> None:
    bundles = parted(policies, **{user("u"): "a/allow", user("u", OTHER): "b"})
    assert list(bundles) == ["kernel", "others", ONE, OTHER]
    assert modules(bundles[ONE]) == [f"iam/partitions/p{ONE}/policies/a_allow.rego"]
    assert modules(bundles[OTHER]) == [f"iam/partitions/p{OTHER}/policies/b.rego"]
    assert modules(bundles["others"]) == modules(bundles["kernel"]) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("alice", "a", id="letter"),
        pytest.param("path/to/Bob", "b", id="behind-a-path"),
        pytest.param("7", "7", id="digit"),
        pytest.param("=", "_", id="neither"),
        pytest.param("\u00e9", "_", id="another-letter"),
    ],
)
def test_names_that_begin_alike_stand_together(policies: PolicySet, name: str, key: str) -> None:
    bundles = parted(policies, By.INITIAL, **{user(name): "b"})
    assert list(bundles) == ["kernel", "others", f"{ONE}_{key}"]


def test_the_kernel_knows_the_partitions(policies: PolicySet) -> None:
    kernel = parted(policies, **{user("u"): "b"})["kernel"]
    assert json.loads(kernel.files["data.json"]) == {"iam": {"partitioned": {"by": "account", "partitions": {ONE: f"p{ONE}"}}}}
    assert kernel.files["iam/authz/authz.rego"].count("package iam.authz\n") == 1
    assert manifest(kernel)["roots"] == ["iam/authz", "iam/lib", "iam/partitioned"]


def test_no_two_bundles_claim_the_same(policies: PolicySet) -> None:
    bundles = parted(policies, **{user("u"): "a/allow", user("u", OTHER): "b"})
    for one, other in combinations(bundles.values(), 2):
        roots = [(f"{a}/", f"{b}/") for a in manifest(one)["roots"] for b in manifest(other)["roots"]]  # type: ignore[attr-defined]
        assert [pair for pair in roots if pair[0].startswith(pair[1]) or pair[1].startswith(pair[0])] == []


def test_a_bundle_changes_with_what_it_holds_alone(policies: PolicySet) -> None:
    before = parted(policies, **{user("u"): "a/allow", user("u", OTHER): "b"})
    after = parted(policies, **{user("u"): "a/allow", user("u", OTHER): "a/allow"})
    assert [name for name in before if before[name] != after[name]] == [OTHER]
    assert manifest(before[OTHER])["revision"] != manifest(after[OTHER])["revision"]


def test_what_concerns_everybody_is_everywhere(policies: PolicySet) -> None:
    units = [compile_policy(policy, labels=True, layout=Layout.MODULES) for policy in policies.policies]
    everybody = Attachments(identity=("a/allow",), service_control=(("b",),), accounts=(ONE,))
    principals = (PrincipalPolicies(arn=user("u")),)
    bundles = partitioned(units, everybody.model_copy(update={"principals": principals}), by=By.ACCOUNT, package="iam", below=below)
    assert [len(modules(bundle)) for bundle in bundles.values()] == [0, 2, 2]


def test_without_an_export_all_are_others(policies: PolicySet) -> None:
    units = [compile_policy(policy, labels=True, layout=Layout.MODULES) for policy in policies.policies]
    assert list(partitioned(units, policies.attachments, by=By.ACCOUNT, package="iam", below=below)) == ["kernel", "others"]
