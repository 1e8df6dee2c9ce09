"""Texts of context keys that are enough to allow a class."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.classes.enough import MOST, MOST_CLASSES
from iam2rego.rego.classes.index import index
from iam2rego.rego.classes.parts import Part
from iam2rego.rego.classes.rows import Held
from tests.unit.rego.classes.made_parts import USER, allow, deny, made


def enough(data: Mapping[str, Any], user: str = USER) -> set[tuple[str, str, str]]:
    """Return the actions, keys and texts that the index says are enough to allow ``user``."""
    _, opened, _, _ = data["rows"][data["callers"][user]]
    return {
        (action, key, text)
        for action, token in data["classes"].items()
        for key, texts in data["enough"].get(token, {}).items()
        for text, found in texts.items()
        if found in opened
    }


AT_K: Final = ("k", ("v",))


@pytest.mark.parametrize(
    ("identity", "boundary", "wanted"),
    [
        pytest.param([allow("a:a", given=AT_K)], None, {("a:a", "K", "v")}, id="C3/one-key"),
        pytest.param([allow("a:*", given=AT_K)], None, {("a:a", "K", "v"), ("a:b", "K", "v")}, id="A3/prefix"),
        pytest.param([allow("a:a", negated=True, given=AT_K)], None, set(), id="A8/not-action"),
        pytest.param([allow("a:a", given=("k", ("v", "w")))], None, {("a:a", "K", "v"), ("a:a", "K", "w")}, id="C3/texts"),
        pytest.param(
            [allow("a:a", given=AT_K), allow("a:*", given=("l", ("v",)))],
            None,
            {("a:a", "K", "v"), ("a:a", "L", "v"), ("a:b", "L", "v")},
            id="C3/two-statements",
        ),
        pytest.param([allow("a:a", given=AT_K), allow("a:b", given=AT_K)], None, {("a:a", "K", "v"), ("a:b", "K", "v")}, id="C3/twice"),
        pytest.param([allow("a:a", conditional=True)], None, set(), id="C3/other-tests"),
        pytest.param([allow("a:a", given=AT_K), allow("a:a")], None, set(), id="E5/allowed-anyway"),
        pytest.param([allow("a:*", given=AT_K), deny("a:a")], None, {("a:b", "K", "v")}, id="E1/denied"),
        pytest.param([allow("a:*", given=AT_K), deny("a:a", conditional=True)], None, {("a:b", "K", "v")}, id="E1/denied-by-a-test"),
        pytest.param([allow("a:*", given=AT_K)], [allow("a:a")], {("a:a", "K", "v")}, id="E5/boundary"),
        pytest.param([allow("a:*", given=AT_K)], [allow("a:a", given=AT_K)], set(), id="E5/boundary-by-a-test"),
        pytest.param([allow("a:*", given=AT_K)], [allow("a:*"), deny("a:b", conditional=True)], {("a:a", "K", "v")}, id="E1/it-may-deny"),
        pytest.param([allow("a:a")], [allow("a:a", given=AT_K)], set(), id="E5/only-the-boundary"),
    ],
)
def test_texts_that_are_enough(identity: list[Part], boundary: list[Part] | None, wanted: set[tuple[str, str, str]]) -> None:
    assert enough(made(identity, boundary, ["a:a", "a:b", "b:a"])) == wanted


def test_what_is_enough_for_one_caller_is_not_for_another() -> None:
    users = [f"arn:aws:iam::111111111111:user/{name}" for name in "abc"]
    policies = {"p": (allow("a:a", given=AT_K),), "q": (allow("a:b", given=AT_K),), "r": (allow("a:a", given=("k", ("w",))),)}
    held = [Held(("p", "q"), None), Held(("q",), None), Held(("q", "r"), None)]
    data = index(policies, dict(zip(users, held, strict=True)), None, {"k": "k"}, short_names)
    assert [enough(data, user) for user in users] == [
        {("a:a", "k", "v"), ("a:b", "k", "v")},
        {("a:b", "k", "v")},
        {("a:b", "k", "v"), ("a:a", "k", "w")},
    ]


def test_few_keys_of_a_class_count() -> None:
    users = [f"arn:aws:iam::111111111111:user/{name}" for name in "ab"]
    keys = [f"k{number:02}" for number in range(MOST + 2)]
    policies = {"few": tuple(allow("a:a", given=(key, ("v",))) for key in keys), "last": (allow("a:a", given=(keys[-1], ("v",))),)}
    held = [Held(("few",), None), Held(("last",), None)]
    data = index(policies, dict(zip(users, held, strict=True)), None, dict(zip(keys, keys, strict=True)), short_names)
    assert {key for _, key, _ in enough(data, users[0])} == {*keys[: MOST - 1], keys[-1]}
    assert {key for _, key, _ in enough(data, users[1])} == {keys[-1]}


@pytest.mark.parametrize("count", [MOST_CLASSES, MOST_CLASSES + 1])
def test_a_text_is_enough_for_few_classes_of_a_service(count: int) -> None:
    names = [f"a:{number:02}" for number in range(count)]
    users = [f"arn:aws:iam::111111111111:user/{name}" for name in ("u", *names)]
    policies = {"all": (allow("a:*", given=AT_K),), **{name: (allow(name),) for name in names}}
    callers = dict(zip(users, [Held((name,), None) for name in policies], strict=True))
    found = enough(index(policies, callers, None, {"k": "k"}, short_names), USER)
    assert len(found) == (count if count == MOST_CLASSES else 0)


def test_nothing_is_enough_for_everybody() -> None:
    data = index({"p": (allow("a:a", given=AT_K),)}, {}, Held(("p",), None), {"k": "k"}, short_names)
    assert data["enough"] == {}
    assert data["everybody"] == ["", data["classes"]["a:a"]]
