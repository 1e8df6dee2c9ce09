"""Statements, with the elements that each type of policy may have (G9)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from iam2rego.ir.policy import Kind
from iam2rego.jsontext import JsonValue
from iam2rego.strategies.conditions import blocks
from iam2rego.strategies.principals import principals
from iam2rego.strategies.texts import arns, often, some
from iam2rego.syntax.forms import FORMS, Form, PrincipalPart, ResourcePart, ShortArns

JsonObject = dict[str, JsonValue]

_ACTIONS: Final = (
    "*",
    "*",
    "*",
    "t:*",
    "t:*",
    "t:Get",
    "T:GET*",
    "t:g?t",
    "*:*t",
    "t:*e*",
    "s3:*",
    "s3:GetObject",
    "x:get",
    "t:a-b_c.d",
    "sts:*",
    "kms:*",
)
_ODD_ACTIONS: Final = ("t:", "t:Get ", "t:Get,Put", "kms:retiregrant", "sts:AssumeRole*", "t:\u00e9*", "t:[a]*", "?:Get")
_OF_ORGANIZATION: Final = ("t:*", "t:Get", "T:GET*", "*:*t", "s3:*", "sts:*", "kms:*", "STS:AssumeRole")
"""Actions for a customer's resource control policy, which may not have a bare `*` (G19)."""

_OF_TRUST: Final = (
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:*",
    "*",
    "sts:AssumeRole*",
    "STS:tagsession",
    "sts:SetSourceIdentity",
    "sts:AssumeRoleWith*",
)
_USUAL_ACTIONS: Final = {Kind.TRUST: _OF_TRUST, Kind.RESOURCE_CONTROL: _OF_ORGANIZATION}
_MALFORMED_ACTIONS: Final = ("Get", "t:a:b", "", "**", "${t:u}")
_STARS: Final = ("*", "*", "*", "**")
_SHORT_ARNS: Final = {
    ShortArns.ALL: ("arn:aws:s3", "arn:aws:s3:*", "arn:aws"),
    ShortArns.WITH_WILDCARD: ("arn:aws:s3", "arn:*:s3", "arn:aws:s3:*"),
    ShortArns.WITH_WILDCARD_AT_THE_END: ("arn:aws:s3*", "arn:aws:s3:*"),
    ShortArns.NONE: (),
    ShortArns.REFUSED: (),
}
_EVERY_SHORT_ARN: Final = ("arn:aws:s3", "arn:*:s3", "arn:aws:s3:*")
_SELDOM: Final = st.sampled_from([False] * 15 + [True])


@st.composite
def statements(draw: DrawFn, kind: Kind, *, lenient: bool) -> JsonObject:
    """Draw a statement for a document of ``kind``; with ``lenient`` it may contain what AWS refuses."""
    form, parts = FORMS[kind], _parts(kind, lenient=lenient)
    effect = "Allow" if not _is_for_denials(form, lenient=lenient) and draw(st.sampled_from([True, True, False])) else "Deny"
    made: JsonObject = {"Effect": effect}
    if draw(st.sampled_from([False, False, True])):
        made["Sid"] = draw(parts["Sid"])
    if form.principals is not PrincipalPart.NONE and not (lenient and draw(_SELDOM)):
        negatable = form.not_principal and (effect == "Deny" or lenient)
        made[_element(draw, "Principal", negatable=negatable)] = draw(parts["Principal"])
    made[_element(draw, "Action", negatable=form.not_action or lenient)] = draw(parts["Action"])
    if _names_resources(draw, form, lenient=lenient):
        made[_element(draw, "Resource", negatable=True)] = draw(parts["Resource"])
    if draw(st.booleans()):
        made["Condition"] = draw(parts["Condition"])
    return made


@lru_cache
def _parts(kind: Kind, *, lenient: bool) -> Mapping[str, SearchStrategy[JsonValue]]:
    form = FORMS[kind]
    return {
        "Sid": _sids(form),
        "Principal": principals(form, lenient=lenient),
        "Action": some(_actions(kind, lenient=lenient), lenient=lenient),
        "Resource": some(_resources(kind, lenient=lenient), lenient=lenient),
        "Condition": blocks(latin=form.checked, lenient=lenient),
    }


def _is_for_denials(form: Form, *, lenient: bool) -> bool:
    """Say whether a customer's policy of this form may only deny (G19)."""
    return form.principals is PrincipalPart.EVERYBODY and not lenient


def _element(draw: DrawFn, name: str, *, negatable: bool) -> str:
    return f"Not{name}" if negatable and draw(st.sampled_from([False, False, False, True])) else name


def _names_resources(draw: DrawFn, form: Form, *, lenient: bool) -> bool:
    match form.resources:
        case ResourcePart.REQUIRED:
            return not (lenient and draw(_SELDOM))
        case ResourcePart.OPTIONAL:
            return draw(st.booleans())
        case ResourcePart.FORBIDDEN:
            return lenient and draw(_SELDOM)


def _sids(form: Form) -> SearchStrategy[str]:
    return st.sampled_from(("S", "S", "T", "", "Stmt1") if form.iam else ("S", "S", "T", "", "a b", "\u00e9"))


def _actions(kind: Kind, *, lenient: bool) -> SearchStrategy[str]:
    usual = st.sampled_from(_ACTIONS if lenient and kind is not Kind.TRUST else _USUAL_ACTIONS.get(kind, _ACTIONS))
    return often(usual, st.sampled_from((*_ODD_ACTIONS, *_MALFORMED_ACTIONS) if lenient else _ODD_ACTIONS))


def _resources(kind: Kind, *, lenient: bool) -> SearchStrategy[str]:
    form = FORMS[kind]
    rare = [arns(latin=form.checked)] * 3
    if short := _EVERY_SHORT_ARN if lenient else () if kind is Kind.SESSION else _SHORT_ARNS[form.short_arns]:  # R5
        rare.append(st.sampled_from(short))
    return st.sampled_from(_STARS) | st.one_of(rare)
