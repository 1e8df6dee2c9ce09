"""Classes and rows: which actions a caller's policies allow, and which they may allow."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.classes.form import form
from iam2rego.rego.classes.index import index
from iam2rego.rego.classes.parts import Part
from iam2rego.rego.classes.rows import Held
from tests.unit.rego.classes.made_parts import USER, allow, deny, made


def outcomes(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what the index says of the user, as the library reads it."""
    granted, opened, _, _ = data["rows"][data["callers"][USER]]
    kinds = {
        action: ("granted" if token in granted else "open" if token in opened else "never") for action, token in data["classes"].items()
    }
    assert not any(token in granted and token in opened for token in data["classes"].values())
    return kinds


@pytest.mark.parametrize(
    ("identity", "boundary", "wanted"),
    [
        pytest.param([allow("a:a")], None, {"a:a": "granted", "a:b": "never"}, id="E5/allowed"),
        pytest.param([allow("a:a", conditional=True)], None, {"a:a": "open", "a:b": "never"}, id="E5/by-a-test"),
        pytest.param([allow("a:a", conditional=True), allow("a:*")], None, {"a:a": "granted", "a:b": "granted"}, id="E3/moot-test"),
        pytest.param([allow("a:*"), deny("a:b")], None, {"a:a": "granted", "a:b": "never"}, id="E1/denied"),
        pytest.param([allow("a:*"), deny("a:b", conditional=True)], None, {"a:a": "granted", "a:b": "open"}, id="E1/denied-by-a-test"),
        pytest.param([deny("a:b")], None, {"a:a": "never", "a:b": "never"}, id="E1/only-denied"),
        pytest.param([deny("a:b", conditional=True)], None, {"a:b": "never"}, id="E5/only-denied-by-a-test"),
        pytest.param([allow("a:*")], [], {"a:a": "never", "a:b": "never"}, id="E5/boundary-without-an-allow"),
        pytest.param([allow("a:*")], [allow("a:a")], {"a:a": "granted", "a:b": "never"}, id="E5/boundary"),
        pytest.param([allow("a:*")], [allow("a:a", conditional=True)], {"a:a": "open", "a:b": "never"}, id="E5/boundary-by-a-test"),
        pytest.param([allow("a:a", conditional=True)], [allow("a:*")], {"a:a": "open", "a:b": "never"}, id="E5/within-the-boundary"),
        pytest.param([], [allow("a:*")], {"a:a": "never", "a:b": "never"}, id="E5/boundary-alone"),
        pytest.param([allow("a:*")], [allow("a:*"), deny("a:b")], {"a:a": "granted", "a:b": "never"}, id="E1/boundary-denies"),
        pytest.param([allow("a:*")], [allow("a:*"), deny("a:b", conditional=True)], {"a:a": "granted", "a:b": "open"}, id="E1/it-may"),
        pytest.param([allow(negated=True)], None, {"a:a": "granted", "a:b": "granted", "b:a": "granted"}, id="A2/any"),
        pytest.param([allow("a:a", negated=True)], None, {"a:a": "never", "a:b": "granted", "b:a": "granted"}, id="A8/not-action"),
        pytest.param([allow("*:a")], None, {"a:a": "granted", "a:b": "never", "b:a": "granted"}, id="A5/any-service"),
        pytest.param([allow("*:a", negated=True)], None, {"a:a": "never", "a:b": "granted", "b:a": "never"}, id="A5/not-any-service"),
        pytest.param([allow("a:*b*")], None, {"a:a": "never", "a:b": "granted", "a:abc": "granted"}, id="A3/glob"),
    ],
)
def test_what_a_callers_policies_come_to(identity: list[Part], boundary: list[Part] | None, wanted: dict[str, str]) -> None:
    found = outcomes(made(identity, boundary, ["a:a", "a:b", "b:a", "a:abc"]))
    assert {action: found[action] for action in wanted} == wanted


def test_names_that_no_row_tells_apart_are_one_class() -> None:
    classes = made([allow("a:a", "a:b"), allow("a:c", conditional=True)], named=["a:*", "a:d"])["classes"]
    assert classes["a:a"] == classes["a:b"]
    assert len(set(classes.values())) == 3


def test_neither_sts_nor_what_no_request_is_about_has_a_class() -> None:
    assert made([allow("sts:assumerole", "a:a b", "a:", "a:a")])["classes"].keys() == {"a:a"}


@pytest.mark.parametrize(
    ("identity", "patterns"),
    [
        pytest.param([allow("a:get*")], {"a:get*"}, id="A3/prefix"),
        pytest.param([allow("a:*")], {"a:*"}, id="A5/service"),
        pytest.param([allow("a:*get", conditional=True)], {"a:*get"}, id="A3/glob"),
        pytest.param([allow("a:get")], set(), id="A3/name"),
        pytest.param([deny("a:get*")], set(), id="E1/deny"),
        pytest.param([allow("a:get*", negated=True)], {"*"}, id="A8/not-action"),
        pytest.param([allow("*:get*")], {"*"}, id="A5/any-service"),
    ],
)
def test_patterns_that_may_allow_what_no_policy_names(identity: list[Part], patterns: set[str]) -> None:
    data = made(identity, named=["a:li*", "a:*li"])
    _, _, may, _ = data["rows"][data["callers"][USER]]
    prefixes = {f"a:{text}*": token for found in data["prefixes"]["a"].values() for text, token in found.items()}
    globs = {f"a:{text}": token for text, token in data["globs"]["a"].items()}
    assert {pattern for pattern, token in {**prefixes, **globs, "*": "|*|"}.items() if token in may} == patterns


def test_prefixes_are_found_by_their_first_letter() -> None:
    found = made([allow("a:*", "a:get*", "a:go*")])["prefixes"]["a"]
    assert {letter: set(texts) for letter, texts in found.items()} == {"": {""}, "g": {"get", "go"}}


def test_callers_with_the_same_policies_share_a_row_of_their_account() -> None:
    same = Held(("p",), None)
    users = ["arn:aws:iam::111111111111:user/a", "arn:aws:sts::111111111111:assumed-role/b/", "arn:aws:iam::222222222222:user/a"]
    data = index({"p": (allow("a:a"),)}, dict.fromkeys([*users, "arn:aws:iam::1:user/odd"], same), None, {}, short_names)
    rows = data["callers"]
    assert list(rows) == users
    assert rows[users[0]] == rows[users[1]] != rows[users[2]]


def test_everybodys_row() -> None:
    data = index({"p": (allow("a:a"), allow("a:b", conditional=True))}, {}, Held(("p",), None), {}, short_names)
    assert data["everybody"] == [data["classes"]["a:a"], data["classes"]["a:b"]]
    assert data["callers"] == data["rows"] == {}


REQUEST: Final = '{"action": "s3:GetObject", "context": {CONTEXT}, "principal": "arn:aws:iam::111111111111:user/u", "resource": RESOURCE}'


@pytest.mark.parametrize(
    ("context", "resource", "is_plain"),
    [
        pytest.param("", '"*"', True, id="E4/any"),
        pytest.param("", '"arn:aws:s3:::b/:/k"', True, id="E4/no-account"),
        pytest.param("", '"arn:aws:sqs:r:111111111111:q"', True, id="E4/the-account"),
        pytest.param("", '"arn:aws:sqs:r:222222222222:q"', False, id="E4/another-account"),
        pytest.param("", '"arn:aws-cn:s3:::b"', False, id="E9/another-partition"),
        pytest.param("", '"arn:aws:s3::b"', False, id="N3/five-fields"),
        pytest.param("", '"arn:aws:s3:::b", "resource_account": "111111111111"', True, id="E4/as-the-request-says"),
        pytest.param("", '"arn:aws:s3:::b", "resource_account": "222222222222"', False, id="E4/another-as-the-request-says"),
        pytest.param("", '"*", "resource_in_management_account": true', False, id="E12/management-account"),
        pytest.param('"k": "v", "l": "é"', '"*"', True, id="N3/texts"),
        pytest.param('"k": true, "l": false', '"*"', True, id="N3/booleans"),
        pytest.param('"k": 1, "l": -2.50', '"*"', True, id="N2/numbers"),
        pytest.param('"k": 1e5', '"*"', False, id="N2/exponent"),
        pytest.param(f'"k": {"1" * 41}', '"*"', False, id="N2/too-many-digits"),
        pytest.param('"k": [], "l": ["a", 1, true]', '"*"', True, id="N3/lists"),
        pytest.param('"k": [["a"]]', '"*"', False, id="N3/list-in-a-list"),
        pytest.param('"k": null', '"*"', False, id="N3/null"),
        pytest.param('"k": {}', '"*"', False, id="N3/object"),
        pytest.param('"": "v"', '"*"', False, id="N3/empty-key"),
        pytest.param(r'"k": "\""', '"*"', False, id="N3/quote"),
        pytest.param('"k": "\ufffd"', '"*"', False, id="N3/lone-surrogate"),
    ],
)
def test_plain_requests(context: str, resource: str, is_plain: bool) -> None:
    printed = REQUEST.replace("CONTEXT", context).replace("RESOURCE", resource)
    expression = re.sub(r"\\x\{([0-9a-f]+)\}", lambda found: f"\\u{int(found[1], 16):04x}", form("aws", "111111111111"))
    assert (re.search(expression, printed) is not None) == is_plain


def test_a_policy_of_several_callers_counts_for_each_as_they_have_it() -> None:
    users = [f"arn:aws:iam::111111111111:user/{name}" for name in "abc"]
    policies = {"p": (allow("a:a"), allow("a:b", conditional=True)), "q": (allow("a:*"),), "r": (deny("a:a"), allow("a:c"))}
    held = [Held(("p", "q", "r"), None), Held(("q", "r"), ("p",)), Held(("q",), None)]
    data = index(policies, dict(zip(users, held, strict=True)), None, {}, short_names)
    found = [data["rows"][data["callers"][user]] for user in users]
    assert [{action: token in row[0] for action, token in data["classes"].items()} for row in found] == [
        {"a:a": False, "a:b": True, "a:c": True},
        {"a:a": False, "a:b": False, "a:c": False},
        {"a:a": True, "a:b": True, "a:c": True},
    ]
    assert [token in found[1][1] for token in data["classes"].values()] == [False, True, False]
