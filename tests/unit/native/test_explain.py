"""A decision in words: what decides."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.native import explain, reasons
from iam2rego.source import Span
from tests.support.policies import (
    HOME,
    ROOT,
    SAME,
    SESSION,
    USER,
    allow,
    deny,
    policy_set,
    request,
)
from tests.unit.native.explained import AT, FAR, OTHER, YES


@pytest.mark.parametrize(
    ("policies", "document", "want"),
    [
        pytest.param(
            {"identity": [allow(sid="S"), *OTHER]},
            request(),
            ["allowed for user", f"  Allow statement 0 `S` of identity {AT} applies"],
            id="allowed",
        ),
        pytest.param(
            {}, request(ROOT), ["allowed for root user", "  the root user of the resource's account needs no Allow"], id="allowed/root"
        ),
        pytest.param(
            {"identity": YES, "permissions_boundary": YES, "resource": [allow(to=SESSION)]},
            request(SESSION),
            [
                "allowed for role session",
                f"  Allow statement 0 of identity {AT} applies",
                "  Allow statement 0 of resource (resource.json:1:2) applies (direct)",
            ],
            id="allowed/by-two-types",
        ),
        pytest.param(
            {"identity": YES, "resource": [deny(to=SAME)]},
            request(),
            [
                "explicitDeny for user: denied by a resource-based policy",
                "  Deny statement 0 of resource (resource.json:1:2) applies (account)",
            ],
            id="denied",
        ),
        pytest.param(
            {"session": YES},
            request(ROOT),
            ["allowed for root user", "  the root user of the resource's account needs no Allow but its session's"],
            id="allowed/root-session",
        ),
        pytest.param({}, request(action="x"), ["the request is refused", "  `action` is not of the form `service:Name`"], id="refused"),
    ],
)
def test_what_decides(policies: Mapping[str, Any], document: JsonValue, want: list[str]) -> None:
    assert explain(policy_set(**policies), document) == want


def test_reasons_tell_which_statements_to_show() -> None:
    part = Span(5, 6, 7, 8)
    far = FAR.model_copy(update={"resources": HOME.model_copy(update={"span": part})})
    shown = reasons(policy_set(identity=[*OTHER, far, FAR], permissions_boundary=YES), request())
    assert [(each.shown.index, each.part) for each in shown if each.shown] == [(1, part)]


def test_reasons_show_what_decides() -> None:
    shown = reasons(policy_set(identity=YES, permissions_boundary=YES, resource=[allow(to=SESSION), allow(to=USER)]), request())
    assert [(each.shown.type, each.shown.index, each.part) for each in shown if each.shown] == [
        ("identity", 0, None),
        ("resource", 1, None),
    ]
