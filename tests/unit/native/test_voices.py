"""What each policy that takes part says, and whether one reads the context."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.native import reads_context, voices
from tests.support.policies import HOME, USER, allow, deny, policy_set, request
from tests.unit.native.explained import FALSE, OTHER, YES


@pytest.mark.parametrize(
    ("policies", "document", "want"),
    [
        pytest.param({"identity": YES}, request(), [], id="one-policy"),
        pytest.param({"identity": YES, "session": YES}, request(action="x"), [], id="refused"),
        pytest.param(
            {"identity": [*YES, deny(when=[FALSE]), deny()], "session": OTHER, "resource": [allow(to=USER, when=[FALSE])]},
            request(),
            [
                "  3 policies take part:",
                "    identity: Allow statement 0, Deny statement 2 apply",
                "    resource: Allow statement 0 does not apply",
                "    no statement about this caller and action: `session`",
            ],
            id="each",
        ),
        pytest.param(
            {"identity": [allow(when=[FALSE])] * 7, "session": YES},
            request(),
            [
                "  2 policies take part:",
                f"    identity: {', '.join(f'Allow statement {index}' for index in range(5))} and 2 more do not apply",
                "    session: Allow statement 0 applies",
            ],
            id="many-statements",
        ),
        pytest.param(
            {"service_control": [YES] * 6},
            request(),
            [
                "  6 policies take part:",
                *(f"    service_control[{level}][0]: Allow statement 0 applies" for level in range(5)),
                "    ... and 1 more with a statement about this action",
            ],
            id="many-policies",
        ),
    ],
)
def test_every_policy_that_takes_part_has_its_say(policies: Mapping[str, Any], document: JsonValue, want: list[str]) -> None:
    assert voices(policy_set(**policies), document) == want


@pytest.mark.parametrize(
    ("policies", "change", "want"),
    [
        pytest.param({"identity": YES}, {}, False, id="nothing"),
        pytest.param({"identity": [allow(when=[FALSE])]}, {}, True, id="condition"),
        pytest.param({"identity": [allow(on=HOME)]}, {}, True, id="variable"),
        pytest.param({"identity": [allow("s3:PutObject", when=[FALSE])]}, {}, False, id="of-another-action"),
        pytest.param({"identity": YES, "service_control": [[allow(when=[FALSE])]]}, {}, True, id="of-an-organization"),
        pytest.param({"identity": YES}, {"action": "x"}, True, id="malformed"),
    ],
)
def test_what_reads_the_context(policies: Mapping[str, Any], change: Mapping[str, JsonValue], want: bool) -> None:
    document = request()
    assert isinstance(document, dict)
    assert reads_context(policy_set(**policies), {**{name: each for name, each in document.items() if name != "context"}, **change}) is want
