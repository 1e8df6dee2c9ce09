"""What makes one bundle another."""

import json
from typing import Any

import pytest

from iam2rego.rego.bundle.assemble import Bundle
from iam2rego.rego.bundle.deltas import DeltaError, delta

KERNEL = "package iam.authz\n"


def bundle(data: Any, revision: str, module: str = KERNEL, roots: tuple[str, ...] = ("iam/authz", "iam/x")) -> Bundle:
    manifest = {"revision": revision, "roots": roots}
    return Bundle({".manifest": json.dumps(manifest), "data.json": json.dumps({"iam": {"x": data}}), "iam/authz.rego": module})


def changes(old: Any, new: Any) -> list[dict[str, Any]]:
    made = delta(bundle(old, "1"), bundle(new, "2"))
    assert sorted(made.files) == [".manifest", "patch.json"]
    assert json.loads(made.files[".manifest"])["revision"] == "2"
    listed: list[dict[str, Any]] = json.loads(made.files["patch.json"])["data"]
    return listed


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        pytest.param({"a": 1}, {"a": 2}, [("upsert", "a", 2)], id="changed"),
        pytest.param({"a": 1}, {"a": 1, "b": [1]}, [("upsert", "b", [1])], id="new"),
        pytest.param({"a": 1, "b": 1}, {"b": 1}, [("remove", "a", None)], id="gone"),
        pytest.param({"a": {"b": 1, "c": 1}}, {"a": {"b": 2, "c": 1}}, [("upsert", "a/b", 2)], id="deep"),
        pytest.param({"a": [1, 2]}, {"a": [1]}, [("upsert", "a", [1])], id="a-list-as-a-whole"),
        pytest.param({"a": {"b": 1}}, {"a": [1]}, [("upsert", "a", [1])], id="of-another-type"),
        pytest.param({"a/b~c%": 1}, {"a/b~c%": 2}, [("upsert", "a~1b~0c%25", 2)], id="escaped"),
        pytest.param({"a": {"": 1, "b": 1}}, {"a": {"": 2, "b": 1}}, [("upsert", "a", {"": 2, "b": 1})], id="empty-name"),
        pytest.param({"a": {"": 1, "b": 1}}, {"a": {"b": 1}}, [("upsert", "a", {"b": 1})], id="empty-name-gone"),
        pytest.param({"a": {"": 1, "b": 1}}, {"a": {"": 1, "b": 2}}, [("upsert", "a/b", 2)], id="beside-an-empty-name"),
        pytest.param({"a": None}, {"a": {}}, [("upsert", "a", {})], id="null"),
        pytest.param({}, {"a": None}, [("upsert", "a", None)], id="null-that-is-new"),
        pytest.param({"a": 1}, {"a": True}, [("upsert", "a", True)], id="true-for-one"),
        pytest.param({"a": [[1]]}, {"a": [[True]]}, [("upsert", "a", [[True]])], id="true-for-one-in-lists"),
        pytest.param({"a": {"b": 1, "c": 2}}, {"a": {"c": 2, "b": 1}}, [], id="another-order"),
        pytest.param({"a": {"": 1}}, {"a": {"": True}}, [("upsert", "a", {"": True})], id="empty-name-true-for-one"),
    ],
)
def test_what_differs_is_changed(old: Any, new: Any, wanted: list[tuple[str, str, Any]]) -> None:
    assert [(each["op"], each["path"], each.get("value")) for each in changes(old, new)] == [
        (operation, f"/iam/x/{path}", value) for operation, path, value in wanted
    ]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        pytest.param(bundle({"a": 1}, "1"), "nothing to change", id="the-same"),
        pytest.param(bundle({"a": 1}, "2", module="package iam.authz\n\nx := 1\n"), "other modules", id="another-module"),
        pytest.param(bundle({"a": 1}, "2", roots=("iam/x",)), "other modules", id="other-roots"),
    ],
)
def test_what_no_delta_can_do(new: Bundle, said: str) -> None:
    with pytest.raises(DeltaError, match=said):
        delta(bundle({"a": 1}, "1"), new)
