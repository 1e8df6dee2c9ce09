"""How a file is fixed: in passes, only what is wanted and proven, and only in its own text."""

import json
from typing import Final

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.fixing import Fixed, Fixer, Wish, fixer
from iam2rego.fixing.reading import Offer
from iam2rego.ir.policy import Kind
from iam2rego.jsontext import JsonValue
from iam2rego.lint.fix import Edit, Fix, Safety
from iam2rego.source import Source, Span
from iam2rego.sources.files import Place, TextFile
from tests.unit.fixing.fixed_policies import GRANT, HEAD, codes, fixed, listed, options, policy, text_file, when

REDUNDANT: Final = '"Action": ["s3:*", "s3:GetObject"]'
STATEMENT: Final = f'{{"Effect": "Allow", {REDUNDANT}, "Resource": "*"}}'
DOCUMENT: Final = f"{HEAD}{STATEMENT}}}"
LEFT: Final = DOCUMENT.replace(', "s3:GetObject"', "")


def whys(done: Fixed) -> list[tuple[str, str]]:
    return [(str(each.finding.code), each.why) for each in done.left]


def test_a_file_without_findings_stays() -> None:
    done = fixed(policy(f"{{{GRANT}}}"))
    assert (done.changed, done.done, done.left) == (False, (), ())
    assert done.after is done.before


def test_fixes_that_overlap_are_applied_in_passes() -> None:
    done = fixed(listed("Action", '["s3:*", "s3:GetObject", "s3:PutObject", "S3:*"]'))
    assert done.after.source.text == listed("Action", '["s3:*"]')
    assert codes(done) == ["IAM504"] * 3


def test_what_a_fix_uncovers_is_fixed_too() -> None:
    done = fixed(policy(f'{{"Sid": "a b", {REDUNDANT}, "Effect": "Allow", "Resource": "*"}}'))
    assert done.after.source.text == policy('{"Sid": "AB", "Action": ["s3:*"], "Effect": "Allow", "Resource": "*"}')
    assert codes(done) == ["IAM108", "IAM504"]


def test_an_error_keeps_what_it_may_concern_from_being_proven() -> None:
    text = policy(f'[{STATEMENT}, {{{GRANT}, "Resources": "*"}}]')
    assert whys(fixed(text)) == [("IAM504", "the policy has errors, so nothing is proven of it")]
    assert fixed(text, unsafe=True).after.source.text == text.replace(', "s3:GetObject"', "")


def test_a_fix_that_would_make_an_error_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = fixer.seen(text_file(DOCUMENT), options(), catalogue())
    (offer,) = offered.offers
    broken = Offer(offer.policy, offer.finding, Fix("break", (Edit(Span(1, 1, 1, 2), ""),), Safety.UNSAFE))
    monkeypatch.setattr(Fixer, "_wanted", lambda _, now: [broken for each in now.offers if each.finding.code == "IAM504"])
    done = fixed(DOCUMENT, unsafe=True)
    assert (done.changed, whys(done)) == (False, [("IAM504", "the policy would have an error")])


def test_a_rule_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = fixer.seen(text_file(DOCUMENT), options(), catalogue())
    (offer,) = offered.offers
    start = offer.fix.edits[0].span
    wider = Offer(offer.policy, offer.finding, Fix("widen", (Edit(start, ', "sqs:*"'),), Safety.SAFE))
    monkeypatch.setattr(Fixer, "_wanted", lambda _, now: [wider for each in now.offers if each.finding.code == "IAM504"])
    done = fixed(DOCUMENT)
    assert (done.changed, whys(done)) == (False, [("IAM504", "statement 0 is not shown to mean the same for every request")])


def test_the_evaluator_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    request: JsonValue = {"action": "s3:GetObject"}
    monkeypatch.setattr(fixer, "differing", lambda *_: request)
    done = fixed(DOCUMENT)
    assert (done.changed, whys(done)) == (False, [("IAM504", 'the policies decide differently about {"action": "s3:GetObject"}')])


def test_one_fix_that_is_not_proven_keeps_no_other_from_being_applied() -> None:
    text = when('{"IpAddress": {"aws:SourceIp": "10.1.2.3/8"}, "StringLike": {"aws:username": "*"}}', STATEMENT[1:-1])
    done = fixed(text)
    assert done.after.source.text == text.replace(', "s3:GetObject"', "").replace("10.1.2.3/8", "10.0.0.0/8")
    assert [each.finding.code for each in done.left] == ["IAM324"]


def test_only_wanted_findings_are_fixed() -> None:
    text = policy(f'{{"Sid": "", {REDUNDANT}, "Effect": "Allow", "Resource": "*"}}')
    done = Fixer(Wish(options(), catalogue(), wanted=lambda found, _: [each for each in found if each.code != "IAM504"])).fixed(
        text_file(text)
    )
    assert done.after.source.text == text.replace('"Sid": "", ', "")
    assert done.left == ()


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = DOCUMENT.replace(", ", ",\r\n\t")
    data = b"\xef\xbb\xbf" + text.encode()
    done = Fixer(Wish(options(), catalogue())).fixed(TextFile(Place("p.json", "p.json"), Source("p.json", text), data))
    assert done.after.data == b"\xef\xbb\xbf" + text.replace(',\r\n\t"s3:GetObject"', "").encode()


def test_a_parameter_is_not_written_into_the_file() -> None:
    text = when('{"IpAddress": {"aws:SourceIp": "<office>/8"}}')
    done = Fixer(Wish(options(parameters={"office": "10.1.2.3"}), catalogue())).fixed(text_file(text))
    assert not done.changed
    assert done.done == ()


def test_policies_of_a_set_are_fixed_where_they_are() -> None:
    text = f'{{"policies": {{\n  "identity": [{DOCUMENT}],\n  "service_control": [[{DOCUMENT}]]\n}}}}\n'
    done = fixed(text)
    assert done.after.source.text == text.replace(DOCUMENT, LEFT)
    assert codes(done) == ["IAM504", "IAM504"]


def test_a_policy_in_a_string_is_not_fixed() -> None:
    role = {"Arn": "arn:aws:iam::111122223333:user/u", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": DOCUMENT}]}
    done = fixed(json.dumps({"UserDetailList": [role]}))
    assert not done.changed
    assert whys(done) == [("IAM504", "the policy is in a string of the file, and only files are edited")]
    assert [each.is_elsewhere for each in done.left] == [True]


def test_a_file_that_is_no_policy_stays() -> None:
    assert not fixed('{"a": ').changed
    assert not fixed("[]").changed


def test_proven_fixes_are_found_one_by_one() -> None:
    text = when(
        '{"StringLike": {"aws:username": "*"}}',
        '"Effect": "Allow", "Action": ["s3:*", "s3:GetObject", "s3:PutObject", "sqs:*"], "Resource": "*"',
    )
    found = Fixer(Wish(options(), catalogue())).proven(text_file(text))
    assert [fix.title for fix in found.values()] == ["remove the entry"] * 2


def test_nothing_is_proven_of_a_trust_policy_that_names_a_session() -> None:
    principals = '"arn:aws:iam::111122223333:role/r", "arn:aws:sts::111122223333:assumed-role/r/s"'
    text = policy(f'{{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{"AWS": [{principals}]}}}}')
    assert Fixer(Wish(options(Kind.TRUST), catalogue())).proven(text_file(text)) == {}
    assert whys(fixed(text, Kind.TRUST)) == [("IAM225", "it may change what the policy means")]


def test_left_says_whether_unsafe_fixes_would_help() -> None:
    (left,) = fixed(policy(f"[{{{GRANT}}}, {{{GRANT}}}]")).left
    assert (left.is_unsafe, left.is_elsewhere) == (True, False)
