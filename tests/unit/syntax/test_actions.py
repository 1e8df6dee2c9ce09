"""Action entries (A2 to A11, G17, L9)."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.pattern import ActionEntry, ActionPattern, AnyOne, AnyRun, Pattern, Text, Unmatchable
from iam2rego.ir.policy import Document

Judge = Callable[..., Any]
Read = Callable[..., Document]
Hints = Callable[[str], list[str]]


def policy(action: str, version: str = "2012-10-17", member: str = "Action") -> str:
    return f'{{"Version": "{version}", "Statement": {{"Effect": "Allow", "{member}": {action}, "Resource": "*"}}}}'


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(policy('"*"'), id="A2/star"),
        pytest.param(policy('"s3:GetObject"'), id="G17/concrete"),
        pytest.param(policy('"S3:getobject"'), id="A4/other-case"),
        pytest.param(policy('"a-b.c9:Name"'), id="G17/characters-of-a-service"),
        pytest.param(policy('"s3:Get*"'), id="A3/run"),
        pytest.param(policy('"s3:Get?bject"'), id="A3/one"),
        pytest.param(policy('"s3:Get.(+[é"'), id="A3/other-characters"),
        pytest.param(policy('"s3:*"'), id="A5/all-of-a-service"),
        pytest.param(policy('"*:Get*"'), id="A5/star-service"),
        pytest.param(policy('"s?:Get"'), id="A5/question-mark-in-the-service"),
        pytest.param(policy('"s3:"'), id="A6/no-name"),
        pytest.param(policy('"*:"'), id="A6/no-name-of-any-service"),
        pytest.param(policy('"s3:GetObject "'), id="A6/space-after"),
        pytest.param(policy('"s3: GetObject"'), id="A6/space-inside"),
        pytest.param(policy('"s3:GetObject\\n"'), id="A6/line-break-after"),
        pytest.param(policy('⟨IAM201 lenient⟩" s3:GetObject"'), id="G17/space-before"),
        pytest.param(policy('⟨IAM201 lenient⟩"s3 :GetObject"'), id="G17/space-in-the-service"),
        pytest.param(policy('⟨IAM201 lenient⟩""'), id="G17/empty"),
        pytest.param(policy('⟨IAM201 lenient⟩"GetObject"'), id="G17/no-service"),
        pytest.param(policy('⟨IAM201 lenient⟩":GetObject"'), id="G17/empty-service"),
        pytest.param(policy('⟨IAM201 lenient⟩"s3::GetObject"'), id="G17/two-colons"),
        pytest.param(policy('⟨IAM201 lenient⟩"s_3:GetObject"'), id="G17/underscore-in-the-service"),
        pytest.param(policy('⟨IAM201 lenient⟩"é:GetObject"'), id="G17/letter-that-is-not-ascii"),
        pytest.param(policy('⟨IAM201 lenient⟩"**"'), id="G17/two-stars"),
        pytest.param(policy('⟨IAM201 lenient⟩"s3-GetObject"'), id="G17/hyphen-for-colon"),
        pytest.param(policy('⟨IAM201 lenient⟩"s3:Get*,s3:Put*"'), id="A7/comma-and-two-colons"),
        pytest.param(policy('"s3:GetObject,PutObject"'), id="A7/comma"),
        pytest.param(policy('"s3:NoSuchAction"'), id="A9/unknown-action"),
        pytest.param(policy('"s3:⟨IAM202 lenient⟩${x}"'), id="A11/variable"),
        pytest.param(policy('"s3:⟨IAM202 lenient⟩${aws:username}"'), id="A11/variable-with-a-colon"),
        pytest.param(policy('"⟨IAM202 lenient⟩${x}"'), id="A11/only-a-variable"),
        pytest.param(policy('"\\u0073\\u0033:⟨IAM202 lenient⟩${*}"'), id="A11/escapes-before-it"),
        pytest.param(policy('"s3:${x}"', "2008-10-17"), id="A11/text-under-2008"),
        pytest.param(policy('⟨IAM201 lenient⟩"s3:${aws:username}"', "2008-10-17"), id="A11/two-colons-under-2008"),
        pytest.param(policy('"s3:$Get"'), id="A11/dollar"),
        pytest.param(policy('"s3:<action>"'), id="T1/no-placeholders-in-actions"),
        pytest.param(policy('["s3:A", ⟨IAM201 lenient⟩"x", "s3:"]', member="NotAction"), id="A8/each-entry-of-not-action"),
    ],
)
def test_problems(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


def entry(*parts: str) -> ActionPattern:
    wildcards: dict[str, Pattern] = {"*": (AnyRun(),), "?": (AnyOne(),)}
    segments = tuple(segment for part in parts for segment in wildcards.get(part, (Text(text=part),)))
    return ActionPattern(text="".join(parts), segments=segments)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("*", entry("*"), id="A2/star"),
        pytest.param("S3:GetObject", entry("S3:GetObject"), id="A4/as-written"),
        pytest.param("s3:Get*Ob?", entry("s3:Get", "*", "Ob", "?"), id="A3/wildcards"),
        pytest.param("s3:**", entry("s3:", "*", "*"), id="A3/two-stars"),
        pytest.param("*:x", entry("*", ":x"), id="A5/star-service"),
        pytest.param("s3:", entry("s3:"), id="A6/no-name"),
        pytest.param("s3:a ", entry("s3:a "), id="A6/not-trimmed"),
        pytest.param("s3:a,b", entry("s3:a,b"), id="A7/comma"),
        pytest.param("s3:${x}", entry("s3:${x}"), id="A11/literal"),
        pytest.param("s3:${*}", entry("s3:${", "*", "}"), id="A11/no-escape"),
        pytest.param("s3:<x>", entry("s3:<x>"), id="T1/text"),
        pytest.param("GetObject", Unmatchable(text="GetObject"), id="L9/no-service"),
        pytest.param("s3:Get*,s3:Put*", Unmatchable(text="s3:Get*,s3:Put*"), id="L9/two-colons"),
        pytest.param("s3:${aws:username}", Unmatchable(text="s3:${aws:username}"), id="L9/variable-with-a-colon"),
    ],
)
def test_meaning(text: str, want: ActionEntry, read: Read) -> None:
    (statement,) = read(policy(f'"{text}"'), lenient=True).statements
    assert statement.actions.entries == (want,)


@pytest.mark.parametrize(
    ("member", "negated"), [pytest.param("Action", False, id="A8/action"), pytest.param("NotAction", True, id="A8/not")]
)
def test_negation(member: str, negated: bool, read: Read) -> None:
    (statement,) = read(policy('"s3:GetObject"', member=member)).statements
    assert statement.actions.negated is negated


def test_an_entry_stands_at_its_string(read: Read) -> None:
    (statement,) = read('{"Statement": {"Effect": "Allow",\n"Action": ["s3:A",\n "s3:B*"], "Resource": "*"}}').statements
    places = [(each.span.line, each.span.column, each.span.end_column) for each in statement.actions.entries if each.span]
    assert places == [(2, 12, 18), (3, 2, 9)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("s3:Get,s3:Put", "commas do not separate actions: write an array of strings", id="A7/comma"),
        pytest.param("Get", "an action is `*` or `service:Name`: which service does `Get` belong to?", id="G17/no-service"),
        pytest.param("", "an action is `*` or `service:Name`: which service does an empty string belong to?", id="G17/empty"),
        pytest.param(
            "a_b:Get",
            "an action is `*` or `service:Name` with one colon; a service is made of letters, digits, `-` and `.`",
            id="G17/service",
        ),
    ],
)
def test_hint(text: str, hint: str, hints: Hints) -> None:
    assert hints(policy(f'"{text}"')) == [hint]
