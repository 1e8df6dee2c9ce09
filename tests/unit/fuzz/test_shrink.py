"""A question is made smaller until nothing more can be left out of it. The engines are played by functions here."""

from collections.abc import Sequence
from typing import Final

import pytest

from iam2rego.fuzz.questions import Question
from iam2rego.fuzz.shrink import Judge, shrink
from iam2rego.jsontext import JsonValue, dumps

MANY: Final[JsonValue] = {
    "identity": [
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["t:*", "s3:*"], "NotResource": ["arn:aws:s3:::b", "*"]}]},
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Sid": "S", "Effect": "Deny", "Action": "t:Get", "Resource": "*", "Condition": {"Bool": {"k:a": "true", "k:b": ["true"]}}},
                {"Sid": "S", "Effect": "Deny", "Action": "t:Put", "Resource": "*", "Condition": {"StringLike": {"k:c": ["x", "y*", "z"]}}},
            ],
        },
    ],
    "service_control": [[{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}], []],
}
REQUEST: Final[JsonValue] = {"principal": "*", "action": "t:Put", "resource": "*", "context": {"k:c": ["y", "w"], "k:d": "v"}}


def holding(*texts: str) -> Judge:
    """Disagree on questions whose JSON holds all of the texts."""
    return lambda questions: [all(text in dumps([each.policies, each.request]) for text in texts) for each in questions]


@pytest.mark.parametrize(
    ("texts", "policies", "request_"),
    [
        pytest.param(("identity", "context"), {"identity": []}, {"context": {}}, id="types-and-members"),
        pytest.param(('"y*"',), {"identity": [{"Statement": [{"Condition": {"StringLike": {"k:c": "y*"}}}]}]}, {}, id="one-value"),
        pytest.param(('"w"', "Bool"), {"identity": [{"Statement": [{"Condition": {"Bool": {}}}]}]}, {"context": {"k:c": "w"}}, id="both"),
        pytest.param(
            ('"Effect": "Deny", "Action"', '"Resource"'),
            {"identity": [{"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}]},
            {},
            id="plainer",
        ),
        pytest.param(("t:Get", "t:Put"), {"identity": [{"Statement": [{"Action": "t:Get"}, {"Action": "t:Put"}]}]}, {}, id="two"),
    ],
)
def test_only_what_matters_is_left(texts: Sequence[str], policies: JsonValue, request_: JsonValue) -> None:
    question = shrink(Question(MANY, REQUEST, lenient=False), holding(*texts))
    assert (question.policies, question.request) == (policies, request_)


def test_the_smaller_question_is_asked_of_all_steps_of_a_round_together() -> None:
    rounds: list[int] = []

    def judge(questions: Sequence[Question]) -> Sequence[bool]:
        rounds.append(len(questions))
        return holding('"y*"')(questions)

    shrink(Question(MANY, REQUEST, lenient=False), judge)
    assert len(rounds) < 30 < sum(rounds)


def test_what_cannot_be_made_smaller_stays() -> None:
    question = Question(MANY, REQUEST, lenient=True)
    assert shrink(question, lambda questions: [False] * len(questions)) == question
