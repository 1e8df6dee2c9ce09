"""What a program of others is asked about a scenario (docs/conformance-suite.md)."""

import pytest

from iam2rego.scenarios.program import question
from iam2rego.source import Source
from iam2rego.sources.scenario import scenarios_of

POLICY = '{"Statement": [], "Statement": ["\\ud800", 1e2]}'


@pytest.mark.parametrize(
    ("members", "lenient", "want"),
    [
        pytest.param('"request": {}', False, '{"policies": {}, "request": {}, "lenient": false}', id="no-policies"),
        pytest.param('"request": {"a": 1.00}', True, '{"policies": {}, "request": {"a": 1.00}, "lenient": true}', id="option"),
        pytest.param('"lenient": false, "request": 7', True, '{"policies": {}, "request": 7, "lenient": false}', id="member-wins"),
        pytest.param(
            f'"policies": {{\n  "identity":\r\n[{POLICY}]}}, "request": "é\u2028"',
            False,
            f'{{"policies": {{   "identity":  [{POLICY}]}}, "request": "é\u2028", "lenient": false}}',
            id="as-written-on-one-line",
        ),
    ],
)
def test_a_question_holds_what_decides_and_not_what_is_expected(members: str, lenient: bool, want: str) -> None:
    text = f'[{{"name": "s", {members}, "expect": "invalid"}}]'
    (scenario,) = scenarios_of([Source("s.json", text)], lenient=lenient)
    assert question(scenario) == want
