"""Policies before and after safe fixes, on both engines: they agree, and neither decides otherwise than before."""

from random import Random
from typing import Final

import pytest

from iam2rego.engines.compare import agree, answer, outcome
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.fixing.proof import LEAST, asked
from iam2rego.fixing.reading import meanings
from iam2rego.ir.policy import Kind
from iam2rego.opa.binary import Binary
from iam2rego.proofs.alone import alone
from tests.unit.fixing.fixed_policies import fixed, options, text_file

SEED: Final = 5
MOST: Final = 250
"""Requests to each policy."""

CONDITIONS: Final = (
    '{"ipaddress": {"aws:SourceIp": ["203.0.113.5/24", "2001:db8::1/32"]}, "NumericLessThan": {"aws:MultiFactorAuthAge": ["60", "3600"]}, '
    '"ForAllValues:StringLike": {"aws:TagKeys": "*"}, "ForAllValues:StringNotLike": {"aws:CalledVia": "*"}, "Bool": {}}'
)
IDENTITY: Final = (
    '{"Statement": [{"Sid": "", "Effect": "Allow", "Action": ["s3:Get*", "S3:getobject", "s3:PutObject"], '
    f'"Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x", "arn:aws:s3:::c"], "Condition": {CONDITIONS}}}, '
    '{"Sid": "a b", "Effect": "Deny", "NotAction": ["s3:*", "s3:Get*"], "NotResource": ["arn:aws:s3:::b*", "arn:aws:s3:::b/*"]}]}'
)
RESOURCE: Final = (
    '{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": '
    '["s3:*", "s3:GetObject"], "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b/x"]}, {"Sid": "A", "Effect": "Deny", "Principal": "*", '
    '"Action": "s3:Put*", "Resource": "arn:aws:s3:::b/*", "Condition": {"NotIpAddress": {"aws:SourceIp": "198.51.100.7/24"}}}]}'
)
GUARDRAIL: Final = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["*", "s3:*"], "Resource": "*", "Condition": {}}, '
    '{"Effect": "Deny", "Action": ["ec2:Run*", "ec2:RunInstances"], "Resource": ["*", "arn:aws:ec2:*:*:instance/*"]}]}'
)


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        pytest.param(IDENTITY, Kind.IDENTITY, 14, id="identity"),
        pytest.param(RESOURCE, Kind.RESOURCE, 4, id="resource"),
        pytest.param(GUARDRAIL, Kind.SERVICE_CONTROL, 4, id="guardrail"),
        pytest.param(GUARDRAIL, Kind.PERMISSIONS_BOUNDARY, 4, id="boundary"),
    ],
)
def test_a_safe_fix_changes_no_decision_of_either_engine(text: str, kind: Kind, count: int, opa: Binary) -> None:
    done = fixed(text, kind)
    assert (len(done.done), done.left) == (count, ())
    units = [
        alone(policy) for file in (done.before, done.after) for policy in meanings(text_file(file.source.text), options(kind)).values()
    ]
    requests = Random(SEED).sample(every := asked(*units), min(len(every), MOST))
    assert len(requests) >= LEAST
    with OpaEngine(opa, units) as engine:
        answers = [[answer(one, unit, each) for one in (NativeEngine(units), engine)] for unit in (0, 1) for each in requests]
    assert [each for each in answers if not agree(*each)] == []
    before, after = ([outcome(native) for native, _ in half] for half in (answers[: len(requests)], answers[len(requests) :]))
    assert before == after
