"""Module names."""

import hashlib

import pytest

from iam2rego.rego.bundle import names
from iam2rego.rego.bundle.names import KEYWORDS, module_names

SAME_NAME_AND_HASH = ("a-...-.-.-.---.----b", "a-...--..-.-...--..b")
"""Both become `a_b`, and their SHA-256 begin with 0c9796de."""


@pytest.mark.parametrize(
    ("policy", "module"),
    [
        pytest.param("policy", "policy", id="as-it-is"),
        pytest.param("ReadOnly", "readonly", id="lower-cased"),
        pytest.param("view-own", "view_own", id="one-other-character"),
        pytest.param("teams/a/view.v2", "teams_a_view_v2", id="folders"),
        pytest.param("a -- b", "a_b", id="a-run-is-one-underscore"),
        pytest.param("a_b", "a_b", id="underscore-stays"),
        pytest.param("a__b", "a__b", id="underscores-are-no-run"),
        pytest.param("-a-", "_a_", id="other-characters-at-the-ends"),
        pytest.param("identity[0]", "identity_0_", id="member-of-a-policy-set"),
        pytest.param("arn:aws:iam::aws:policy/X", "arn_aws_iam_aws_policy_x", id="arn"),
        pytest.param("caf\u00e9", "caf_", id="no-letter-of-ascii"),
        pytest.param("\u0661", "_", id="no-digit-of-ascii"),
        pytest.param('"\n}', "_", id="hostile"),
        pytest.param("2024", "p_2024", id="leading-digit"),
        pytest.param("1-a", "p_1_a", id="leading-digit-of-more"),
        pytest.param("Default", "p_default", id="keyword"),
        pytest.param("defaults", "defaults", id="no-keyword"),
        pytest.param("default-1", "default_1", id="keyword-and-more"),
    ],
)
def test_the_module_of_a_policy(policy: str, module: str) -> None:
    assert module_names([policy]) == {policy: module}


@pytest.mark.parametrize("keyword", sorted(KEYWORDS))
def test_no_module_is_a_keyword(keyword: str) -> None:
    assert module_names([keyword]) == {keyword: f"p_{keyword}"}


def test_all_that_collide_carry_a_hash_and_no_other() -> None:
    assert module_names(["a.b", "a-b", "A_b", "c"]) == {"a.b": "a_b_2e7336dc", "a-b": "a_b_d44362d6", "A_b": "a_b_08eb65ad", "c": "c"}


def test_a_prefixed_name_may_collide_too() -> None:
    names = module_names(["1", "p_1"])
    assert names == {"1": "p_1_6b86b273", "p_1": "p_1_a39d2ca0"}


def test_a_name_that_is_already_the_hashed_name_of_another_carries_a_hash_too() -> None:
    names = module_names(["a.b", "a-b", "a_b_2e7336dc"])
    assert names == {"a.b": "a_b_2e7336dc", "a-b": "a_b_d44362d6", "a_b_2e7336dc": "a_b_2e7336dc_eb002823"}


def test_the_order_of_the_policies_does_not_matter() -> None:
    assert module_names(["a.b", "a-b"]) == module_names(["a-b", "a.b"])


def test_names_whose_hashes_collide_get_longer_hashes() -> None:
    assert module_names(SAME_NAME_AND_HASH) == {SAME_NAME_AND_HASH[0]: "a_b_0c9796de6", SAME_NAME_AND_HASH[1]: "a_b_0c9796de5"}


def test_a_longer_hash_may_be_taken_too() -> None:
    """The first has what would be the second name of the others, so it carries a hash, too."""
    taken = module_names(SAME_NAME_AND_HASH)[SAME_NAME_AND_HASH[0]]
    found = module_names([*SAME_NAME_AND_HASH, taken])
    assert len(set(found.values())) == 3
    assert found[taken].startswith(f"{taken}_")


@pytest.mark.parametrize(("length", "hashed"), [(249, False), (250, False), (251, True), (5_000, True)])
def test_a_long_name_is_cut_and_carries_a_hash(length: int, hashed: bool) -> None:
    """A role's path has up to 512 characters, and a file's name 255 bytes."""
    policy = "x" * length
    (module,) = module_names([policy]).values()
    digest = hashlib.sha256(policy.encode()).hexdigest()[:8]
    assert module == (f"{'x' * 241}_{digest}" if hashed else policy)


def test_long_names_that_begin_alike_are_told_apart() -> None:
    found = module_names(f"{'x' * 300}{number}" for number in range(100))
    assert len(set(found.values())) == 100
    assert {len(name) for name in found.values()} == {250}


def chain(links: int) -> list[str]:
    """Names of which each is what the one before it is called without it."""
    made = ["y" * 300, "Y" * 300]
    while len(made) < links:
        made.append(module_names(made)[made[-1]])
    return made


def namings(policies: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """How often `module_names` makes a name."""
    made: list[str] = []
    named = names._named
    with monkeypatch.context() as patched:
        patched.setattr(names, "_named", lambda policy, digits: made.append(policy) or named(policy, digits))
        module_names(policies)
    return len(made)


def test_the_work_grows_with_the_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (namings(chain(links), monkeypatch) for links in (50, 100))
    assert many <= 2.1 * few


def test_names_that_are_the_cut_names_of_others_are_told_apart() -> None:
    assert len(set(module_names(chain(50)).values())) == 50
