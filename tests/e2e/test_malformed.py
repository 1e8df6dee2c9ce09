"""Malformed policies: each is refused with its place, and what was built before stays as it is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

GRANT = b'"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"'
POLICY = b'{"Version": "2012-10-17", "Statement": [{' + GRANT + b"}]}"


def stating(statements: bytes) -> bytes:
    """A policy with ``statements``, which start on its second line."""
    return b'{"Version": "2012-10-17", "Statement": [\n' + statements + b"\n]}"


def granting(member: bytes) -> bytes:
    """A policy whose one statement has one more ``member``, at column 64 of its second line."""
    return stating(b"{" + GRANT + b", " + member + b"}")


def starting(member: bytes) -> bytes:
    """A policy whose one statement starts with one more ``member``."""
    return stating(b"{" + member + b", " + GRANT + b"}")


MALFORMED = [
    pytest.param(b"", ":1:1", "IAM003", id="empty-file"),
    pytest.param(b" \n\t\r\n", ":1:1", "IAM003", id="only-white-space"),
    pytest.param(b"\xef\xbb\xbf", ":1:1", "IAM003", id="only-a-byte-order-mark"),
    pytest.param(POLICY[:-1], ":1:104", "IAM005", id="truncated/in-an-object"),
    pytest.param(POLICY[:30], ":1:27", "IAM005", id="truncated/in-a-string"),
    pytest.param(b'{"Version": "\\u00', ":1:13", "IAM005", id="truncated/in-an-escape"),
    pytest.param(b'{"Version": "2012-10-17",', ":1:26", "IAM005", id="truncated/after-a-comma"),
    pytest.param(b'{"Version": tru', ":1:13", "IAM004", id="truncated/in-a-word"),
    pytest.param(POLICY + b" x", ":1:106", "IAM004", id="trailing-text"),
    pytest.param(POLICY + POLICY, ":1:105", "IAM004", id="two-values"),
    pytest.param(b'{"Version": "2012-10-17", }', ":1:27", "IAM004", id="trailing-comma"),
    pytest.param(b'{"Version": "2012-10-17" "Statement": []}', ":1:26", "IAM004", id="missing-comma"),
    pytest.param(b'{"Version" "2012-10-17"}', ":1:12", "IAM004", id="missing-colon"),
    pytest.param(b"{'Version': '2012-10-17'}", ":1:2", "IAM004", id="single-quotes"),
    pytest.param(b'{Version: "2012-10-17"}', ":1:2", "IAM004", id="unquoted-name"),
    pytest.param(b"// a comment\n" + POLICY, ":1:1", "IAM004", id="comment"),
    pytest.param(b'{"Version": NaN}', ":1:13", "IAM004", id="not-a-number"),
    pytest.param(b'{"Version": 012}', ":1:13", "IAM007", id="number-with-leading-zero"),
    pytest.param(b'{"Version": 1.}', ":1:13", "IAM007", id="number-without-fraction"),
    pytest.param(b'{"Version": "\\x41"}', ":1:14", "IAM006", id="unknown-escape"),
    pytest.param(b'{"Version": "2012\n10-17"}', ":1:13", "IAM006", id="raw-newline-in-a-string"),
    pytest.param(b'{"Version": "2012\t"}', ":1:18", "IAM006", id="raw-tab-in-a-string"),
    pytest.param(b'{"Version": "2012\x0010-17"}', ":1:18", "IAM001", id="nul/byte"),
    pytest.param(POLICY + b"\x00", ":1:105", "IAM001", id="nul/after-the-text"),
    pytest.param(starting(b'"Sid": "a\\u0000"'), ":2:9", "IAM108", id="nul/by-escape"),
    pytest.param(POLICY.decode().encode("utf-16-le"), ":1:2", "IAM001", id="utf-16/little-endian"),
    pytest.param(POLICY.decode().encode("utf-16"), ":1:1", "IAM001", id="utf-16/with-mark"),
    pytest.param(b"\xfe\xff" + POLICY.decode().encode("utf-16-be"), ":1:1", "IAM001", id="utf-16/big-endian-with-mark"),
    pytest.param(POLICY.decode().encode("utf-32"), ":1:1", "IAM001", id="utf-32/with-mark"),
    pytest.param(b'{"Version": "2012-10-17", "\xe9": 1}', ":1:28", "IAM001", id="latin-1"),
    pytest.param(b'{"\xc0\xaf": 1}', ":1:3", "IAM001", id="overlong-utf-8"),
    pytest.param(b'{"\xed\xa0\x80": 1}', ":1:3", "IAM001", id="utf-8-of-a-surrogate"),
    pytest.param(POLICY.decode().encode("utf-16-be"), ":1:1", "IAM001", id="utf-16/big-endian"),
    pytest.param(b"\x00\x00\xfe\xff" + POLICY.decode().encode("utf-32-be"), ":1:1", "IAM001", id="utf-32/big-endian-with-mark"),
    pytest.param(POLICY + b"\xef\xbb\xbf", ":1:105", "IAM004", id="byte-order-mark-at-the-end"),
    pytest.param(b"{\xef\xbb\xbf}", ":1:2", "IAM004", id="byte-order-mark-inside"),
    pytest.param(b"\xef\xbb\xbf" + POLICY[:-1], ":1:104", "IAM005", id="truncated/after-a-byte-order-mark"),
    pytest.param(b"\xef\xbb\xbf\xef\xbb\xbf" + POLICY, ":1:1", "IAM004", id="two-byte-order-marks"),
    pytest.param(starting(b'"Sid": "\\ud800"'), ":2:10", "IAM010", id="lone-surrogate/value"),
    pytest.param(granting(b'"Condition": {"StringEquals": {"a:\\udead": "b"}}'), ":2:98", "IAM010", id="lone-surrogate/condition-key"),
    pytest.param(starting(b'"\\udfff": 1'), ":2:3", "IAM010", id="lone-surrogate/name"),
    pytest.param(
        starting(b'"Sid": "\\udc00\\ud800"'),
        ":2:10",
        "IAM010",
        id="lone-surrogate/reversed-pair",
    ),
    pytest.param(b"[" * 200_000, ":1:65", "IAM008", id="open-brackets"),
    pytest.param(b'{"a":' * 200_000, ":1:321", "IAM008", id="open-braces"),
    pytest.param(b" " * 50_000_000, ":1:1", "IAM002", id="50-mb/white-space"),
    pytest.param(b'"' + b"a" * 50_000_000 + b'"', ":1:1", "IAM002", id="50-mb/one-string"),
    pytest.param(b"null", ":1:1", "IAM602", id="root/null"),
    pytest.param(b"1", ":1:1", "IAM602", id="root/number"),
    pytest.param(b'"x"', ":1:1", "IAM602", id="root/string"),
    pytest.param(b"[]", ":1:1", "IAM602", id="root/array"),
    pytest.param(b"[" + POLICY + b"]", ":1:1", "IAM602", id="root/array-of-policies"),
    pytest.param(b"{}", ":1:1", "IAM602", id="root/empty-object"),
    pytest.param(b'{"Resources": {}}', ":1:1", "IAM602", id="root/foreign-object"),
    pytest.param(
        b'{"Version": "2012-10-17",\n "Version": "2012-10-17", "Statement": [{' + GRANT + b"}]}",
        ":2:2",
        "IAM009",
        id="duplicate/version",
    ),
    pytest.param(
        b'{"Statement": [{' + GRANT + b'}],\n "Statement": []}',
        ":2:2",
        "IAM009",
        id="duplicate/statement",
    ),
    pytest.param(granting(b'"Effect": "Deny"'), ":2:64", "IAM009", id="duplicate/effect"),
    pytest.param(
        granting(b'"Condition": {"StringEquals": {"a:a": "b"}, "StringEquals": {"c:c": "d"}}'), ":2:108", "IAM009", id="duplicate/operator"
    ),
    pytest.param(granting(b'"Condition": {"StringEquals": {"a:a": "b", "a:a": "c"}}'), ":2:107", "IAM009", id="duplicate/condition-key"),
    pytest.param(granting(b'"Condition": {"Null": {"a:b": true}}, "Condition": {}'), ":2:102", "IAM009", id="duplicate/condition"),
    pytest.param(granting(b'"Resource": "arn:aws:s3:::b"'), ":2:64", "IAM009", id="duplicate/resource"),
    pytest.param(b'{"PolicyName": "a", "PolicyName": "b", "PolicyDocument": {}}', ":1:21", "IAM009", id="duplicate/wrapper"),
    pytest.param(b'{"PolicyVersion": {"Document": {}, "Document": {}}}', ":1:36", "IAM009", id="duplicate/version-wrapper"),
    pytest.param(b'{"policies": {}, "policies": {}}', ":1:18", "IAM009", id="duplicate/policy-set"),
    pytest.param(
        granting(b'"Condition": {"StringEquals": {"a:b": "b", "A:B": "c"}}'), ":2:107", "IAM305", id="duplicate/condition-key-in-other-case"
    ),
    pytest.param(
        stating(b'{"Sid": "a", ' + GRANT + b'},\n{"Sid": "a", ' + GRANT + b"}"),
        ":3:9",
        "IAM109",
        id="duplicate/sid",
    ),
    pytest.param(b'{"Version": "2012-10-17", "Statment": []}', ":1:1", "IAM103", id="unknown/top-level"),
    pytest.param(granting(b'"Comment": ""'), ":2:64", "IAM102", id="unknown/statement-member"),
    pytest.param(stating(b'{"effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}'), ":2:1", "IAM103", id="unknown/case"),
    pytest.param(granting(b'"Condition": {"StringLikes": {"a": "b"}}'), ":2:78", "IAM301", id="unknown/operator"),
    pytest.param(
        b'{"Version": "2012-10-18", "Statement": [{' + GRANT + b"}]}",
        ":1:13",
        "IAM106",
        id="unknown/version",
    ),
    pytest.param(stating(b'{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}'), ":2:12", "IAM107", id="unknown/effect"),
    pytest.param(
        b'{"Version": 2012, "Statement": [{' + GRANT + b"}]}",
        ":1:13",
        "IAM101",
        id="type/version",
    ),
    pytest.param(b'{"Version": "2012-10-17", "Statement": "x"}', ":1:40", "IAM101", id="type/statement"),
    pytest.param(stating(b'"x"'), ":2:1", "IAM101", id="type/statement-item"),
    pytest.param(stating(b'{"Effect": true, "Action": "s3:GetObject", "Resource": "*"}'), ":2:12", "IAM101", id="type/effect"),
    pytest.param(starting(b'"Sid": 1'), ":2:9", "IAM101", id="type/sid"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": {"a": 1}, "Resource": "*"}'), ":2:31", "IAM101", id="type/action"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": ["s3:GetObject", 1], "Resource": "*"}'), ":2:48", "IAM101", id="type/action-item"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": "s3:GetObject", "Resource": null}'), ":2:59", "IAM101", id="type/resource"),
    pytest.param(granting(b'"Condition": []'), ":2:77", "IAM101", id="type/condition"),
    pytest.param(granting(b'"Condition": {"StringEquals": "x"}'), ":2:94", "IAM101", id="type/operator"),
    pytest.param(granting(b'"Condition": {"StringEquals": {"a:b": null}}'), ":2:102", "IAM101", id="type/condition-value"),
    pytest.param(granting(b'"Condition": {"StringEquals": {"a:b": ["x", true]}}'), ":2:102", "IAM309", id="type/mixed-condition-values"),
    pytest.param(b'{"Version": "2012-10-17"}', ":1:1", "IAM103", id="missing/statement"),
    pytest.param(stating(b'{"Action": "s3:GetObject", "Resource": "*"}'), ":2:1", "IAM103", id="missing/effect"),
    pytest.param(stating(b'{"Effect": "Allow", "Resource": "*"}'), ":2:1", "IAM103", id="missing/action"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": "s3:GetObject"}'), ":2:1", "IAM206", id="missing/resource"),
    pytest.param(granting(b'"NotAction": "s3:PutObject"'), ":2:64", "IAM104", id="conflict/action-and-not-action"),
    pytest.param(granting(b'"NotResource": "*"'), ":2:64", "IAM104", id="conflict/resource-and-not-resource"),
    pytest.param(granting(b'"Principal": "*"'), ":2:64", "IAM105", id="misplaced/principal"),
    pytest.param(b'{"Id": "x", "Statement": [{' + GRANT + b"}]}", ":1:2", "IAM105", id="misplaced/id"),
    pytest.param(b'{"Version": "2012-10-17", "Statement": []}', ":1:40", "IAM111", id="empty/statement-list"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": [], "Resource": "*"}'), ":2:31", "IAM111", id="empty/action-list"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": "s3", "Resource": "*"}'), ":2:31", "IAM201", id="value/action"),
    pytest.param(stating(b'{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "b/*"}'), ":2:59", "IAM205", id="value/resource"),
    pytest.param(
        stating(b'{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${aws:username"}'),
        ":2:73",
        "IAM401",
        id="value/unclosed-variable",
    ),
    pytest.param(granting(b'"Condition": {"DateLessThan": {"aws:CurrentTime": "soon"}}'), ":2:114", "IAM311", id="value/date"),
    pytest.param(granting(b'"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}}'), ":2:108", "IAM311", id="value/address"),
    pytest.param(granting(b'"Condition": {"NumericEquals": {"a:b": 1e40}}'), ":2:103", "IAM310", id="value/number-of-41-digits"),
    pytest.param(
        stating(b'{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*"}'),
        ":2:73",
        "IAM404",
        id="value/unbound-placeholder",
    ),
    pytest.param(
        stating(b'{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/\\u2019"}'),
        ":2:75",
        "IAM112",
        id="value/forbidden-character",
    ),
    pytest.param(b'{"PolicyDocument": {}, "Policy": 1}', ":1:24", "IAM606", id="wrapped/unknown-member"),
    pytest.param(b'{"PolicyName": "x", "PolicyDocument": "%7B%7D"}', ":1:39", "IAM101", id="wrapped/text-document"),
    pytest.param(b'{"PolicyVersion": []}', ":1:19", "IAM607", id="wrapped/version-is-no-object"),
    pytest.param(b'{"PolicyVersion": {"VersionId": "v1"}}', ":1:19", "IAM608", id="wrapped/version-without-document"),
    pytest.param(b'{"PolicyDocument":\n {"Statement": 1}}', ":2:16", "IAM101", id="wrapped/document-with-an-error"),
    pytest.param(b'{"policies": []}', ":1:14", "IAM607", id="set/policies-is-no-object"),
    pytest.param(b'{"policies": {"identities": []}}', ":1:15", "IAM606", id="set/unknown-type"),
    pytest.param(b'{"policies": {}, "request": {}}', ":1:18", "IAM606", id="set/unknown-member"),
    pytest.param(b'{"policies": {"identity": {}}}', ":1:27", "IAM607", id="set/identity-is-no-list"),
    pytest.param(b'{"policies": {"identity": [1]}}', ":1:28", "IAM607", id="set/item-is-no-policy"),
    pytest.param(b'{"policies": {"identity": []}}', "", "IAM603", id="set/no-policy"),
    pytest.param(b'{"policies": {"identity": [], "identity": []}}', ":1:31", "IAM009", id="set/duplicate-type"),
    pytest.param(b'{"policies": {"identity": ["{"]}}', "#identity[0]:1:2", "IAM005", id="set/string-with-an-error"),
    pytest.param(b'{"policies": {"permissions_boundary": {}}}', ":1:39", "IAM607", id="set/boundary-is-no-list"),
    pytest.param(b'{"policies": {"identity": []}, "resources": []}', ":1:45", "IAM607", id="set/resources"),
    pytest.param(b'{"UserDetailList": {}, "Policies": []}', ":1:20", "IAM607", id="account-export"),
]


@pytest.mark.parametrize(("content", "place", "code"), MALFORMED)
def test_a_malformed_policy_is_refused_with_its_place(
    run: Run, built: Path, snapshot: Snapshot, tmp_path: Path, content: bytes, place: str, code: str
) -> None:
    before = snapshot(built)
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    result = run("build", bad, "-o", built)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"{bad}{place}: error[{code}]: ")
    assert snapshot(built) == before
