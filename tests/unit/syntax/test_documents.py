"""Documents and statements (G1 to G10, G14 to G16, G18, L8, L9): what is accepted, and what is wrong at which character."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.policy import Document, Effect

Judge = Callable[..., Any]
Read = Callable[..., Document]

REST = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"'
ONE = "{" + REST + "}"


def policy(statements: str, version: str = "2012-10-17") -> str:
    return f'{{"Version": "{version}", "Statement": {statements}}}'


def statement(members: str) -> str:
    return policy("{" + members + "}")


def with_member(member: str) -> str:
    return statement(f"{REST}, {member}")


def with_sid(sid: str) -> str:
    return with_member(f'"Sid": {sid}')


def of_size(size: int) -> str:
    """A policy of this many characters, none of them white space."""
    start, end = '{"Statement":{"Sid":"', '","Effect":"Allow","Action":"*","Resource":"*"}}'
    return start + "a" * (size - len(start) - len(end)) + end


PROBLEMS = [
    pytest.param(with_member('"Condition": {"StringEquals": {"aws:username": "\\t\\n\\r ~\\u007f\\u00ff"}}'), id="G1/all-that-is-allowed"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM112 lenient⟩\u2019")), id="G1/raw-quotation-mark"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::\\n⟨IAM112 lenient⟩\\u2019")), id="G1/escaped-quotation-mark"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM112 lenient⟩\\ud83d\\ude00${*}")), id="G1/escaped-pair"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::a⟨IAM112 lenient⟩\U0001f600b")), id="G1/raw-pair"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM112 lenient⟩\\u0000")), id="G1/nul-by-escape"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM112 lenient⟩\\u001f\\u0100")), id="G1/first-of-two"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM112 lenient⟩\\b")), id="G1/control-by-short-escape"),
    pytest.param(
        with_member('"Condition": {"StringEquals": {"k:v": ["⟨IAM112 lenient⟩\u0101", "⟨IAM112 lenient⟩\\u0001"], "k:w": 1}}'),
        id="G1/each-string-of-a-list",
    ),
    pytest.param(with_member('"Condition": {"StringEquals": {"aws:⟨IAM112 lenient⟩\\u0442ag": "a"}}'), id="G1/name-of-a-member"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM010⟩\\ud83d")), id="N3/half-a-pair"),
    pytest.param(statement(REST.replace("*", "arn:aws:s3:::⟨IAM010⟩\\ude00\\ud83d")), id="N3/halves-in-wrong-order"),
    pytest.param(with_member('"⟨IAM010⟩\\ud83d": ""'), id="N3/half-a-pair-in-a-name"),
    pytest.param("⟨IAM101⟩[]", id="G1/array"),
    pytest.param("⟨IAM101⟩null", id="G1/null"),
    pytest.param('{"Statement": ' + ONE + ', ⟨IAM102⟩"Comment": ""}', id="G2/unknown-in-a-policy"),
    pytest.param('{⟨IAM102⟩"version": "2012-10-17", "Statement": ' + ONE + "}", id="G2/policy-member-in-other-case"),
    pytest.param(with_member('⟨IAM102⟩"Comment": ""'), id="G2/unknown-in-a-statement"),
    pytest.param(policy('⟨IAM103⟩{⟨IAM102⟩"effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}'), id="G2/member-in-other-case"),
    pytest.param(
        '{"Statement": {"Resource": "*", "Action": "s3:GetObject", "Effect": "Allow", "Sid": "A"}, "Version": "2012-10-17"}',
        id="G2/any-order",
    ),
    pytest.param(policy(ONE, "2008-10-17"), id="G3/2008"),
    pytest.param(f'{{"Statement": {ONE}}}', id="G3/absent"),
    pytest.param(f'{{"Version": ⟨IAM106⟩"2012-10-18", "Statement": {ONE}}}', id="G3/unknown"),
    pytest.param(f'{{"Version": ⟨IAM106⟩"", "Statement": {ONE}}}', id="G3/empty"),
    pytest.param(f'{{"Version": ⟨IAM101⟩20121017, "Statement": {ONE}}}', id="G3/number"),
    pytest.param('{⟨IAM105 lenient⟩"Id": "x", "Statement": ' + ONE + "}", id="G4/id"),
    pytest.param('{⟨IAM105 lenient⟩"Id": ⟨IAM101⟩1, "Statement": ' + ONE + "}", id="G4/id-of-another-type"),
    pytest.param(policy(ONE), id="G5/object"),
    pytest.param(policy(f"[{ONE}]"), id="G5/list-of-one"),
    pytest.param(policy(f"[{ONE}, {ONE}]"), id="G5/list-of-two"),
    pytest.param('⟨IAM103⟩{"Version": "2012-10-17"}', id="G5/missing"),
    pytest.param(policy("⟨IAM111 lenient⟩[]"), id="G5/empty-list"),
    pytest.param(policy('⟨IAM101⟩"x"'), id="G5/string"),
    pytest.param(policy("⟨IAM101⟩null"), id="G5/null"),
    pytest.param(policy(f"[{ONE}, ⟨IAM101⟩[], ⟨IAM101⟩1]"), id="G5/items-of-other-types"),
    pytest.param(policy("⟨IAM103⟩⟨IAM103⟩⟨IAM206 lenient⟩{}"), id="G5/empty-object"),
    pytest.param(with_sid('"Aa09"'), id="G6/letters-and-digits"),
    pytest.param(with_sid('⟨IAM108 lenient⟩"a-b"'), id="G6/hyphen"),
    pytest.param(with_sid('⟨IAM108 lenient⟩"é"'), id="G6/letter-that-is-not-ascii"),
    pytest.param(with_sid('⟨IAM108 lenient⟩"a\\n"'), id="G6/line-break-at-the-end"),
    pytest.param(with_sid('""'), id="G6/empty"),
    pytest.param(with_sid("⟨IAM101⟩1"), id="G6/number"),
    pytest.param(policy(f'[{{"Sid": "A", {REST}}}, {{"Sid": "a", {REST}}}]'), id="G6/case-makes-a-difference"),
    pytest.param(policy(f'[{{"Sid": "A", {REST}}},\n{{"Sid": ⟨IAM109 lenient⟩"A", {REST}}}]'), id="G6/twice"),
    pytest.param(policy(f'[{{"Sid": "", {REST}}}, {{"Sid": "", {REST}}}]'), id="G6/empty-twice"),
    pytest.param(statement(REST.replace("Allow", "Deny")), id="G7/deny"),
    pytest.param(statement(REST.replace('"Allow"', '⟨IAM107⟩"allow"')), id="G7/lower-case"),
    pytest.param(statement(REST.replace('"Allow"', '⟨IAM107⟩""')), id="G7/empty"),
    pytest.param(statement(REST.replace('"Allow"', "⟨IAM101⟩true")), id="G7/boolean"),
    pytest.param(policy('⟨IAM103⟩{"Action": "s3:GetObject", "Resource": "*"}'), id="G7/missing"),
    pytest.param(policy('⟨IAM103⟩{"Effect": "Allow", "Resource": "*"}'), id="G8/no-action"),
    pytest.param(with_member('⟨IAM104⟩"NotAction": "s3:PutObject"'), id="G8/action-and-not-action"),
    pytest.param(with_member('⟨IAM104⟩"NotResource": "arn:aws:s3:::b"'), id="G8/resource-and-not-resource"),
    pytest.param(
        with_member('⟨IAM105 lenient⟩"Principal": "*", ⟨IAM104⟩⟨IAM105 lenient⟩"NotPrincipal": "*"'), id="G8/principal-and-not-principal"
    ),
    pytest.param(with_member('⟨IAM104⟩"NotAction": ⟨IAM201 lenient⟩"x"'), id="G8/both-are-checked"),
    pytest.param(policy('⟨IAM206 lenient⟩{"Effect": "Allow", "Action": "s3:GetObject"}'), id="G9/no-resource"),
    pytest.param(with_member('⟨IAM105 lenient⟩"Principal": "*"'), id="G9/principal"),
    pytest.param(with_member('⟨IAM105 lenient⟩"NotPrincipal": {"AWS": ["x"]}'), id="G9/not-principal"),
    pytest.param(statement('"Effect": "Allow", "NotAction": "s3:GetObject", "NotResource": "arn:aws:s3:::b"'), id="G9/not-action"),
    pytest.param(statement(REST.replace('"s3:GetObject"', '["s3:GetObject"]').replace('"*"', '["*"]')), id="G10/lists"),
    pytest.param(statement(REST.replace('"s3:GetObject"', "⟨IAM111 lenient⟩[]")), id="G10/no-action-entry"),
    pytest.param(statement(REST.replace('"*"', "⟨IAM111 lenient⟩[]")), id="G10/no-resource-entry"),
    pytest.param(
        statement('"Effect": "Deny", "NotAction": ⟨IAM111 lenient⟩[], "NotResource": ⟨IAM111 lenient⟩[]'), id="G10/nothing-excluded"
    ),
    pytest.param(statement(REST.replace('"s3:GetObject"', '["s3:GetObject", ⟨IAM101⟩["s3:PutObject"]]')), id="G10/list-in-a-list"),
    pytest.param(statement(REST.replace('"s3:GetObject"', "⟨IAM101⟩null")), id="G10/null"),
    pytest.param(statement(REST.replace('"*"', "⟨IAM101⟩{}")), id="G10/object"),
    pytest.param('{"Statement": ' + ONE + ', ⟨IAM009⟩"Statement": ' + ONE + "}", id="G14/statement"),
    pytest.param(with_member('⟨IAM009⟩"Effect": "Deny"'), id="G14/effect"),
    pytest.param(with_member('⟨IAM009⟩"\\u0045ffect": "Deny", ⟨IAM009⟩"Effect": "Deny"'), id="G14/three-times-once-by-escape"),
    pytest.param(with_member('"Condition": {"Bool": {"a:b": true}, ⟨IAM009⟩"Bool": {"a:b": true}}'), id="G14/operator"),
    pytest.param(with_member('"Condition": {"Bool": {"a:b": true, ⟨IAM009⟩"a:b": true}}'), id="G14/key"),
    pytest.param(with_member('⟨IAM105 lenient⟩"Principal": {"AWS": "*", ⟨IAM009⟩"AWS": "*"}'), id="G14/principal"),
    pytest.param(with_member('⟨IAM105 lenient⟩"Principal": {"AWS": [], ⟨IAM102⟩"User": "x"}'), id="G15/unknown-kind"),
    pytest.param(with_member('⟨IAM105 lenient⟩"Principal": ⟨IAM101⟩["*"]'), id="G15/list"),
    pytest.param(with_member('⟨IAM105 lenient⟩"Principal": {"AWS": ["x", ⟨IAM101⟩1]}'), id="G15/entry-of-another-type"),
    pytest.param(with_member('⟨IAM105 lenient⟩"NotPrincipal": {}'), id="G15/nobody"),
    pytest.param(of_size(6_144), id="G18/as-large-as-a-managed-policy"),
    pytest.param("" + of_size(6_145), id="G18/larger"),
    pytest.param(of_size(6_144).replace(":", " \t:\r\n"), id="G18/white-space-is-not-counted"),
    pytest.param("" + with_member('"Condition": {"StringEquals": {"k:v": "' + " " * 6_144 + '"}}'), id="G18/but-in-strings"),
    pytest.param(
        policy('⟨IAM103⟩⟨IAM206 lenient⟩{"Sid": ⟨IAM108 lenient⟩"a b",\n "Effect": ⟨IAM107⟩"allow",\n ⟨IAM102⟩"Actions": "*"}'),
        id="all-problems-at-once-by-place",
    ),
]


@pytest.mark.parametrize("marked", PROBLEMS)
def test_problems(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


def test_a_document_says_what_is_written(read: Read) -> None:
    document = read(policy(f'[{{"Sid": "A", {REST}}},\n  {{{REST.replace("Allow", "Deny")}}}]'))
    assert document.version == "2012-10-17"
    assert [(each.sid, each.effect) for each in document.statements] == [("A", Effect.ALLOW), ("", Effect.DENY)]


def test_a_statement_stands_from_brace_to_brace(read: Read) -> None:
    document = read('{"Statement": [\n {\n' + REST + "\n }]}")
    spans = [statement.span for statement in document.statements]
    assert [(span.line, span.column, span.end_line, span.end_column) for span in spans if span] == [(2, 2, 4, 3)]


def test_one_statement_is_a_list_of_it(read: Read) -> None:
    assert read(policy(ONE)) == read(policy(f"[{ONE}]"))


def test_one_entry_is_a_list_of_it(read: Read) -> None:
    assert read(statement(REST)) == read(statement(REST.replace('"s3:GetObject"', '["s3:GetObject"]')))


def test_an_absent_version_is_kept_apart_from_2008(read: Read) -> None:
    assert read(f'{{"Statement": {ONE}}}').version is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param('{"Statements": []}', "did you mean `Statement`?", id="G2/policy-member"),
        pytest.param(with_member('"action": "*"'), "did you mean `Action`?", id="G2/statement-member"),
        pytest.param(with_member('"Conditions": {}'), "did you mean `Condition`?", id="G2/plural"),
        pytest.param(policy(ONE, "2012-10-71"), "did you mean `2012-10-17`?", id="G3/misspelt"),
        pytest.param(policy(ONE, "1"), "expected `2012-10-17` or `2008-10-17`", id="G3/far-off"),
        pytest.param(statement(REST.replace("Allow", "DENY")), "did you mean `Deny`?", id="G7/upper-case"),
        pytest.param(statement(REST.replace("Allow", "permit")), "expected `Allow` or `Deny`", id="G7/another-word"),
        pytest.param(statement(REST.replace("*", "arn:aws:s3:::b\u2013c")), "did you mean `-`?", id="G1/dash"),
    ],
)
def test_hint(text: str, hint: str, hints: Callable[[str], list[str]]) -> None:
    assert hint in hints(text)
