"""Names of condition keys: when two are one, and what is odd about them (C2, C25, C26)."""

import re
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, TAG, Holds
from iam2rego.diagnostics import Code
from iam2rego.ir.condition import Operator
from iam2rego.source import Span
from iam2rego.syntax.operators import OperatorName
from iam2rego.syntax.report import Report, quote

_TAG_WITHOUT_NAME: Final = re.compile(r"[^:]+:(?:principal|request|resource)tag/?")


def fold(key: str) -> str:
    """Lower-case ``key`` code point by code point (N1): only U+0130 has a longer lower case in Python, whose first is the one meant."""
    return key.lower() if key.isascii() else "".join(character.lower()[0] for character in key)


def check_key(key: str, span: Span, name: OperatorName, report: Report) -> None:
    """Warn of a key that no request has, and of a set operator that is missing or does nothing (C25)."""
    folded = fold(key)
    if ":" not in key:
        message = f"the condition key {quote(key)} has no service prefix"
        report.warn(Code.KEY_FORM, span, message, "a condition key is `service:Name`, such as `aws:username`")
    elif _TAG_WITHOUT_NAME.fullmatch(folded):
        report.warn(
            Code.KEY_FORM, span, f"the condition key {quote(key)} names no tag", f"write {quote(key.rstrip('/') + '/<name of the tag>')}"
        )
    _check_set_operator(key, folded, span, name, report)


def _check_set_operator(key: str, folded: str, span: Span, name: OperatorName, report: Report) -> None:
    if name.operator is Operator.NULL:
        if name.qualifier:
            message = f"`{name.canonical}` is always {'true' if name.qualifier.name == 'FOR_ALL_VALUES' else 'false'}"
            report.warn(Code.NEEDLESS_SET_OPERATOR, span, message, "`Null` tests whether the key is there: leave the set operator out")
    elif name.qualifier is None and HOLDS.get(folded) is Holds.LIST:
        message = f"the key {quote(key)} holds a list, and `{name.canonical}` alone is false for every list"
        report.warn(Code.MISSING_SET_OPERATOR, span, message, f"use `ForAnyValue:{name.canonical}` or `ForAllValues:{name.canonical}`")
    elif name.qualifier and (folded in HOLDS or TAG.fullmatch(folded)) and HOLDS.get(folded) is not Holds.LIST:
        message = f"the key {quote(key)} has one value, so `{name.qualifier}` does not belong here"
        report.warn(Code.NEEDLESS_SET_OPERATOR, span, message, "leave the set operator out")
