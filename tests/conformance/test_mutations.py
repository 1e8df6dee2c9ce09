"""Compilers that are wrong in ways in which compilers go wrong: `conform` finds each of them by the requests it makes.

A mutant gives OPA rules that mean something else than the policy, and leaves alone all that a decision document says of
statements: only a request on the right side of the right edge tells it from the compiler.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.conform import conform, conform_deployed
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.opa import DeployedEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import Bundle, compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load
from tests.support.slices import every

SEED: Final = 11


def statement(effect: str = "Allow", action: str = '"Action": "s3:*"', resource: str = '"Resource": "*"', **condition: str) -> str:
    held = ", ".join(f'"{operator.replace("_", ":")}": {keys}' for operator, keys in condition.items())
    return f'{{"Effect": "{effect}", {action}, {resource}, "Condition": {{{held}}}}}'


def on(*resources: str) -> str:
    return statement(resource=f'"Resource": {json.dumps(resources)}')


def to(*actions: str) -> str:
    return statement(action=f'"Action": {json.dumps(actions)}')


FAR: Final = ", ".join(f'"arn:aws:s3:::b{number}/*"' for number in range(12))
MANY: Final = ", ".join(f'"s3:Get{letter}*"' for letter in "ABCDEFGHIJKLMN")
STAR: Final = statement()

MISCOMPILED: Final = [
    pytest.param(to("s3:GetObject"), "GetObject", "GetObjects", id="A3/one-character-more"),
    pytest.param(to("s3:GetObject"), "s3:GetObject", "s3:GetObject*", id="A3/open-at-the-end"),
    pytest.param(to("s3:Get*"), "s3:Get*", "s3:Ge*", id="A3/prefix-too-short"),
    pytest.param(to("s3:*Tag"), "*Tag", "*Tag*", id="A3/suffix-open"),
    pytest.param(to("s3:G?t"), "G?t", "G*t", id="A3/one-as-run"),
    pytest.param(to("s3:Get*"), "Get*", "Get?*", id="A3/run-of-one-at-least"),
    pytest.param(to("s3:Get*", "s3:PutObject"), ', "s3:PutObject"', "", id="A8/an-action-lost"),
    pytest.param(statement(action=f'"Action": [{MANY}]'), "GetK*", "GetK", id="A8/a-wildcard-of-many-lost"),
    pytest.param(statement(action='"NotAction": "s3:*"'), "NotAction", "Action", id="A8/not-action-as-action"),
    pytest.param(statement(action='"NotAction": ["s3:*", "iam:*"]'), ', "iam:*"', "", id="A8/an-exclusion-lost"),
    pytest.param(on("arn:aws:s3:::b/*"), "b/*", "b*", id="R6/slash-lost"),
    pytest.param(on("arn:aws:s3:::b/*"), "b/*", "b/?*", id="R6/run-of-one-at-least"),
    pytest.param(on("arn:aws:s3:::b"), ":b", ":b/*", id="R6/path-added"),
    pytest.param(on("arn:aws:s3:::b"), "arn:aws:s3:::b", "*", id="R6/resource-ignored"),
    pytest.param(on("arn:aws:s3:::*"), "arn:aws:s3:::*", "*", id="R11/star-request"),
    pytest.param(on("arn:aws:ecs:*:*:c/d"), "*:*:", "*:", id="R3/field-lost"),
    pytest.param(on("arn:aws:ecs:*:*x:c/d"), "*x", "*?x", id="R7/a-field"),
    pytest.param(on("arn:aws:s3"), "arn:aws:s3", "arn:aws:s3:::", id="R5/short-arn-filled-with-nothing"),
    pytest.param(on("arn:aws:s3:::b/*", "arn:aws:s3:::c"), ', "arn:aws:s3:::c"', "", id="R6/a-resource-lost"),
    pytest.param(statement(resource=f'"Resource": [{FAR}]'), "b7/*", "b7/?*", id="R6/an-edge-of-many"),
    pytest.param(statement(resource='"NotResource": "arn:aws:s3:::b"'), "NotResource", "Resource", id="R10/not-resource-as-resource"),
    pytest.param(on("arn:aws:s3:::${aws:username}/*"), "${aws:username}", "probe", id="V2/variable-as-a-constant"),
    pytest.param(on("arn:aws:s3:::${aws:username}/*"), "${aws:username}", "${$}{aws:username}", id="V2/variable-as-its-own-text"),
    pytest.param(on("arn:aws:s3:::${aws:username}/*"), "${aws:username}", "*", id="V2/variable-as-a-wildcard"),
    pytest.param(on("arn:aws:s3:::${aws:username}/*"), "username", "userid", id="V3/another-variable"),
    pytest.param(on("arn:aws:s3:::${k:t, 'all'}/*"), ", 'all'", "", id="V4/default-lost"),
    pytest.param(statement(StringLike='{"k:a": "a${*}b"}'), "${*}", "*", id="V5/escape-as-wildcard"),
    pytest.param(statement("Deny") + ", " + STAR, '"Action": "s3:*"', '"Action": "s4:*"', id="E1/deny-lost"),
    pytest.param(statement(StringEquals='{"k:a": ["a", "b"]}'), ', "b"', "", id="C3/a-value-lost"),
    pytest.param(statement(StringNotEquals='{"k:a": ["a", "b"]}'), ', "b"', "", id="C3/a-negated-value-lost"),
    pytest.param(statement(StringEquals='{"k:a": "a", "k:b": "b"}'), ', "k:b": "b"', "", id="C1/a-key-lost"),
    pytest.param(statement(StringEquals='{"k:a": "a"}', Bool='{"k:b": "true"}'), ', "Bool": {"k:b": "true"}', "", id="C1/an-operator-lost"),
    pytest.param(statement(StringEquals='{"k:a": "a"}'), '"k:a"', '"k:aa"', id="C2/another-key"),
    pytest.param(statement(StringEquals='{"k:a": "a"}'), "Equals", "EqualsIfExists", id="C4/missing-key-as-true"),
    pytest.param(statement(StringEqualsIfExists='{"k:a": "a"}'), "IfExists", "", id="C4/if-exists-ignored"),
    pytest.param(statement(StringNotEquals='{"k:a": "a"}'), "}}", '}, "Null": {"k:a": "false"}}', id="C4/negated-missing-key-as-false"),
    pytest.param(statement(ForAllValues_StringEquals='{"k:a": "a"}'), "ForAllValues:", "", id="C6/qualifier-lost"),
    pytest.param(statement(ForAllValues_StringEquals='{"k:a": ["a", "b"]}'), "ForAllValues", "ForAnyValue", id="C8/for-all-as-for-any"),
    pytest.param(statement(ForAnyValue_StringEquals='{"k:a": ["a", "b"]}'), "ForAnyValue", "ForAllValues", id="C9/for-any-as-for-all"),
    pytest.param(statement(Null='{"k:a": "true"}'), "true", "false", id="C11/null-inverted"),
    pytest.param(statement(StringEquals='{"k:a": "a"}'), "Equals", "NotEquals", id="C12/not-lost"),
    pytest.param(statement(StringEquals='{"k:a": "a"}'), "Equals", "EqualsIgnoreCase", id="C12/case-ignored"),
    pytest.param(statement(StringEqualsIgnoreCase='{"k:a": "a"}'), "IgnoreCase", "", id="C12/case-not-ignored"),
    pytest.param(statement(StringLike='{"k:a": "a*"}'), "Like", "Equals", id="C13/wildcards-literal"),
    pytest.param(statement(StringEquals='{"k:a": "a*"}'), "Equals", "Like", id="C13/literals-as-wildcards"),
    pytest.param(statement(NumericEquals='{"k:a": "10"}'), "Numeric", "String", id="C16/number-as-text"),
    pytest.param(statement(NumericLessThan='{"k:a": "10"}'), "LessThan", "LessThanEquals", id="C17/bound-included"),
    pytest.param(statement(NumericLessThan='{"k:a": "10"}'), "LessThan", "GreaterThan", id="C17/order-turned"),
    pytest.param(statement(DateLessThan='{"k:a": "2020-01-01T00:00:00Z"}'), "00Z", "00+01:00", id="C18/off-by-a-zone"),
    pytest.param(statement(DateLessThan='{"k:a": "2020-01-01"}'), "2020-01-01", "2020-01-01T00:00:01Z", id="C18/off-by-a-second"),
    pytest.param(statement(DateGreaterThan='{"k:a": "2020"}'), '"2020"', '"2020-01-01"', id="C18/epoch-as-a-year"),
    pytest.param(statement(Bool='{"k:a": "true"}'), "Bool", "StringEquals", id="C19/boolean-as-text"),
    pytest.param(statement(BinaryEquals='{"k:a": "QQ=="}'), "BinaryEquals", "StringEquals", id="C20/binary-as-text"),
    pytest.param(statement(IpAddress='{"k:a": "10.0.0.0/24"}'), "/24", "/25", id="C21/range-halved"),
    pytest.param(statement(IpAddress='{"k:a": "10.0.0.0/24"}'), "/24", "/23", id="C21/range-doubled"),
    pytest.param(statement(NotIpAddress='{"k:a": ["10.0.0.0/8", "2001:db8::/32"]}'), ', "2001:db8::/32"', "", id="C21/a-range-lost"),
    pytest.param(statement(ArnLike='{"k:a": "arn:aws:x:*:1:a/*"}'), "ArnLike", "StringLike", id="C22/star-crosses-a-field"),
    pytest.param(statement(ArnNotEquals='{"k:a": "arn:aws:x:*:1:a/*"}'), "ArnNotEquals", "StringNotLike", id="C22/unreadable-as-unequal"),
]

TWO_PATHS: Final = on("arn:aws:s3:::b/*/t/*", "arn:aws:s3:::c/*/t")
TWO_ARNS: Final = statement(ArnLike='{"k:a": ["arn:aws:x:*:1:a/*", "arn:aws:y:*:1:b/*"]}')

IN_THE_RUNTIME: Final = [
    pytest.param(
        TWO_PATHS, "pattern", "glob.match(pattern, null, text)", 'glob.match(pattern, ["/"], text)', id="R6/star-stops-at-a-slash"
    ),
    pytest.param(TWO_ARNS, "pattern", 'glob.match(pattern, [":"], text)', "glob.match(pattern, null, text)", id="C22/star-crosses-a-field"),
    pytest.param(STAR, "request", "lower(input.action)", "input.action", id="A4/case-folding-dropped"),
    pytest.param(statement("Deny") + ", " + STAR, "decide", "modules.deny", "modules.x", id="E1/precedence-of-deny-lost"),
    pytest.param(STAR, "grants", 'needs_resource_policy if between != "nothing"', "", id="E9/other-account-as-own"),
    pytest.param(STAR, "grants", 'else := "partition" if', 'else := "nothing" if', id="E9/partition-ignored"),
    pytest.param(STAR, "grants", '.kind == "root"\n\tnot', '.kind == "roots"\n\tnot', id="E8/root-forgotten"),
    pytest.param(
        STAR, "principal", '"federated-user": "fedsession"', '"federated-user": "session"', id="E7/federated-session-as-role-session"
    ),
    pytest.param(statement(StringEquals='{"K:A": "a"}'), "applying", "absent(lower(key))", "absent(key)", id="D5/missing-key-by-case"),
    pytest.param(statement(StringEquals='{"k:a": "a"}'), "context", "strings := {lower(key)", "strings := {key", id="C2/key-by-case"),
    pytest.param(statement(StringNotEquals='{"k:a": "a"}'), "context", "; value != []", "", id="C5/empty-list-as-value"),
    pytest.param(statement(ForAnyValue_StringLike='{"k:a": "a*"}'), "context", "values(key) := [text(key)]", "", id="C7/one-value-as-none"),
    pytest.param(on("arn:aws:s3:::${k:t, 'all'}/*"), "context", "if not variable(key)", "if absent(key)", id="V4/default-of-an-empty-text"),
    pytest.param(on("arn:aws:s3:::${k:v}"), "context", '\tvalue != ""\n', "", id="V7/empty-text-as-value"),
    pytest.param(
        statement(StringEquals='{"k:a": "10"}'),
        "context",
        "as_text(spelling) := number.plain(spelling)",
        "as_text(spelling) := spelling if number.plain(spelling)",
        id="N2/spelling-kept",
    ),
    pytest.param(statement(Bool='{"k:a": "true"}'), "read", "folded := lower(text)", "folded := text", id="C19/case-of-booleans"),
    pytest.param(statement(DateEquals='{"k:a": "2020-01-01"}'), "read", ") - offset(zone)", ")", id="C18/zone-ignored"),
    pytest.param(statement(DateEquals='{"k:a": "2020-01-01"}'), "read", '"00000000"]), 0, 9)', '"00000000"]), 0, 0)', id="C18/fraction"),
    pytest.param(statement(DateLessThan='{"k:a": "2020-03-01"}'), "read", "day <= days_in_month(year, month)", "", id="C18/day-of-month"),
    pytest.param(statement(NumericEquals='{"k:a": "10"}'), "number", "[+-]?[0-9]+))?$`", "[+-]?[0-9]+))?`", id="C16/trailing-text"),
    pytest.param(STAR, "request", "count(folded) == count(input.context)", "count(folded) != 9", id="N3/keys-that-fold-together"),
    pytest.param(STAR, "request", "(:[^:]*){4}:", "(:[^:]*){2}:", id="N3/short-resource"),
    pytest.param(STAR, "request", "\t}) == {}\n", "\t}) != null\n", id="N3/unknown-member"),
]


def written(folder: Path, statements: str) -> PolicySet:
    folder.mkdir()
    (folder / "p.json").write_text(f'{{"Version": "2012-10-17", "Statement": [{statements}]}}', encoding="utf-8")
    return load([str(folder)], lenient=True).policies


def changed(text: str, right: str, wrong: str) -> str:
    assert right in text
    return text.replace(right, wrong)


def asked(opa: Binary, policies: PolicySet, files: Mapping[str, str], folder: Path) -> ConformReport:
    write(Bundle(files), folder)
    with serve(opa, folder) as client:
        return conform_deployed(policies, DeployedEngine(client, "iam"), version="", seed=SEED, extra=(), progress=lambda _done, _of: None)


@pytest.mark.parametrize(("statements", "right", "wrong"), every(4, MISCOMPILED))
def test_a_miscompiled_statement_is_found(opa: Binary, tmp_path: Path, statements: str, right: str, wrong: str) -> None:
    policies = written(tmp_path / "right", statements)
    files = compile_policies(policies, revision="r").files
    mutant = compile_policies(written(tmp_path / "wrong", changed(statements, right, wrong)), revision="r").files
    mixed = {**files, **{path: text for path, text in mutant.items() if "/policies/" in path}}
    assert mixed != files
    assert asked(opa, policies, mixed, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize(("statements", "module", "right", "wrong"), every(4, IN_THE_RUNTIME))
def test_a_defect_of_the_runtime_is_found(opa: Binary, tmp_path: Path, statements: str, module: str, right: str, wrong: str) -> None:
    policies = written(tmp_path / "right", statements)
    files = compile_policies(policies, revision="r").files
    (path,) = (path for path in files if path.endswith(f"/{module}.rego") and "/policies/" not in path)
    mutant = {**files, path: changed(files[path], right, wrong)}
    assert asked(opa, policies, mutant, tmp_path / "bundle").disagreements != ()


def test_without_a_mutation_none_is_found(opa: Binary, tmp_path: Path) -> None:
    every = {str(param.values[0]): None for param in (*MISCOMPILED, *IN_THE_RUNTIME)}
    policies = written(tmp_path / "right", ", ".join(every))
    report = conform(policies, seed=SEED, binary=opa, extra=(), progress=lambda _done, _of: None)
    assert report.disagreements == ()
