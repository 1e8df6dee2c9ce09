"""What lenient mode makes of policies that AWS would not take (L5 to L9); which errors it turns is in the marks of the other tables."""

from collections.abc import Callable

import pytest

from iam2rego.ir.condition import Condition, LiteralValue, Operator
from iam2rego.ir.pattern import ActionPattern, AnyResource, AnyRun, ArnPattern, Text
from iam2rego.ir.policy import Actions, Document, Effect, Resources, Statement
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

Read = Callable[..., Document]

ANY_ACTION = Actions(entries=(ActionPattern(text="*", segments=(AnyRun(),)),))
ANY_RESOURCE = Resources(entries=(AnyResource(text="*"),))
PLAIN = Statement(effect=Effect.ALLOW, actions=ANY_ACTION, resources=ANY_RESOURCE)


def statement(members: str) -> str:
    return f'{{"Statement": {{"Effect": "Allow", {members}}}}}'


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param('"Action": [], "Resource": "*"', PLAIN.model_copy(update={"actions": Actions(entries=())}), id="L5/action"),
        pytest.param(
            '"NotAction": [], "Resource": "*"', PLAIN.model_copy(update={"actions": Actions(negated=True, entries=())}), id="L5/not-action"
        ),
        pytest.param('"Action": "*", "Resource": []', PLAIN.model_copy(update={"resources": Resources(entries=())}), id="L5/resource"),
        pytest.param(
            '"Action": "*", "NotResource": []',
            PLAIN.model_copy(update={"resources": Resources(negated=True, entries=())}),
            id="L5/not-resource",
        ),
        pytest.param(
            '"Action": "*", "Resource": "*", "Condition": {"Bool": {"k:v": []}}',
            PLAIN.model_copy(update={"conditions": (Condition(operator=Operator.BOOL, key="k:v", values=()),)}),
            id="L5/condition-values",
        ),
        pytest.param(
            '"Action": "*", "Resource": "*", "Condition": {"Bool": {"k:v": "yes"}}',
            PLAIN.model_copy(update={"conditions": (Condition(operator=Operator.BOOL, key="k:v", values=(LiteralValue(text="yes"),)),)}),
            id="L6/unreadable-value",
        ),
        pytest.param('"Action": "*", "Resource": "*", "Principal": {"AWS": []}', PLAIN, id="L8/principal"),
        pytest.param('"Action": "*", "Resource": "*", "NotPrincipal": "x"', PLAIN, id="L8/not-principal"),
        pytest.param('"Sid": "a b", "Action": "*", "Resource": "*"', PLAIN.model_copy(update={"sid": "a b"}), id="L9/sid"),
        pytest.param('"Action": "*"', PLAIN.model_copy(update={"resources": Resources(entries=())}), id="L9/no-resource"),
        pytest.param(
            '"Action": "*", "Resource": "arn:\u2019"',
            PLAIN.model_copy(
                update={
                    "resources": Resources(entries=(ArnPattern(text="arn:\u2019", fields=((Text(text="arn"),), (Text(text="\u2019"),))),))
                }
            ),
            id="L8/characters",
        ),
    ],
)
def test_meaning(text: str, want: Statement, read: Read) -> None:
    assert read(statement(text), lenient=True).statements == (want,)


def test_an_empty_list_of_statements_holds_none(read: Read) -> None:
    assert read('{"Statement": []}', lenient=True).statements == ()


def test_an_id_is_ignored(read: Read) -> None:
    assert read('{"Id": "x", "Statement": []}', lenient=True) == Document(statements=())


def test_two_statements_of_one_sid_are_kept(read: Read) -> None:
    one = '{"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"}'
    document = read(f'{{"Statement": [{one}, {one}]}}', lenient=True)
    assert [each.sid for each in document.statements] == ["A", "A"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"Statement": [], "Statement": []}', id="repeated-member"),
        pytest.param('{"Statement": [], "Other": 1}', id="unknown-member"),
        pytest.param('{"Statement": 1}', id="wrong-type"),
        pytest.param('{"Statement": {"Action": "*", "Resource": "*"}}', id="no-effect"),
        pytest.param('{"Statement": {"Effect": "Deny", "Resource": "*"}}', id="no-action"),
        pytest.param(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "arn:${"}}', id="unclosed-variable"
        ),
    ],
)
def test_malformed_text_is_refused_in_both_modes(text: str) -> None:
    source = Source("p.json", text)
    assert read_policy(parse_json(source), source, lenient=True).document is None
