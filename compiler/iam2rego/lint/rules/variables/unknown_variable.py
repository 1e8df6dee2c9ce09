"""IAM406: a variable without a value in any request, because it is not the name of a condition key (V7, V10).

Names without a prefix and AWS's global keys are checked by their text; the prefixes and keys of services come from a catalogue.
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Final, TypeAlias

from iam2rego.catalogue.global_keys import GLOBAL_KEYS, HOLDS, TAG, TAGS
from iam2rego.catalogue.key_prefixes import WITHOUT_ACTIONS
from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.lint.variables import Used, used_variables
from iam2rego.syntax.report import closest, quote

FINDING: Final = Finding(
    code="IAM406",
    name="unknown-variable",
    level=Level.WARNING,
    summary="No request has a value for the variable, because its name is not a condition key (V7).",
    why=(
        "The entry or value matches nothing or, if the variable has a default, only that, so a `Deny` may deny nothing. "
        "Usually the text comes from a template (Terraform, CloudFormation, Serverless), or the name is misspelled; the hint says which."
        "\n\n"
        "It finds names without a prefix, `aws:` keys that are not "
        "[global ones](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html), prefixes that no "
        "service has, and misspelled keys of services. Keys of identity providers, whose prefix is a domain, "
        "are not judged."
    ),
    remedy="Check the rendered policy instead of the template, or correct the name.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::${bucket_name}/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:userid}/*"}}',
)

_Found: TypeAlias = tuple[str, str]
"""A message and a hint."""

_ALIKE: Final = 0.8
_SERVERLESS: Final = frozenset({"cf", "env", "file", "opt", "output", "param", "self", "sls"})
_USERS_NAME: Final = re.compile("[$<]")
_TEMPLATE: Final = "writes variables like this: check the rendered policy"
_OF_A_SERVICE: Final = re.compile(r"[A-Za-z0-9./_-]+:[A-Za-z0-9].*")
"""A key of a service or of an identity provider."""

_AUTHORS: Final = (
    (re.compile(r"(?i:aws)::.+|[A-Z][A-Za-z0-9]*\.[A-Za-z0-9.]+|[A-Z]+[a-z][A-Za-z0-9]*"), "CloudFormation"),
    (re.compile(r"(?:var|local|data|module|each|count|path|terraform|self|aws_[a-z0-9_]+)\..+"), "Terraform"),
    (re.compile(r"aws:(?:accountId|region)"), "the Serverless Framework"),
    (re.compile(r"[^:]*:[-=?+].*|[A-Z][A-Z0-9_]*"), "a shell"),
    (re.compile(r"[^:]+"), "Terraform or another template"),
)
"""The programs that write such variables; the first match is named."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check the name of every variable."""
    for each in used_variables(subject):
        found = _by_text(each) if not _is_key(each.variable.key) else _by_service(each.variable.key, subject.catalogue)
        if found:
            yield Occurrence(each.span, *found)


def _is_key(name: str) -> bool:
    """Return whether a request may have the key ``name``, judging by its form and AWS's global keys."""
    folded = fold_key(name)
    if folded.startswith("aws:"):
        return folded in HOLDS or TAG.fullmatch(folded) is not None
    return _OF_A_SERVICE.fullmatch(name) is not None


def _by_text(used: Used) -> _Found:
    effect = f"so this {used.of} matches nothing" if used.variable.default is None else "so it always has its default"
    return f"{quote(used.spelling)} is not an IAM variable and never has a value, {effect}", _hint(used.variable.key)


def _hint(name: str) -> str:
    """Name the likely cause."""
    meant = _meant(name)
    author = next((author for form, author in _AUTHORS if form.fullmatch(name)), None)
    if meant and (author is None or ":" not in name):
        return f"did you mean `${{{meant}}}`?"
    if author:
        return f"{author} {_TEMPLATE}"
    return f"a variable is a condition key: {'AWS has no global key of that name' if name.lower().startswith('aws:') else '`service:Name`'}"


def _meant(name: str) -> str | None:
    """Return the global key that ``name`` means, without its prefix or misspelled."""
    prefix, colon, rest = name.partition(":")
    if not colon:
        known = {key.removeprefix("aws:").lower(): key for key in GLOBAL_KEYS}
        return known.get(fold_key(name)) or (f"aws:{name}" if TAG.fullmatch(f"aws:{fold_key(name)}") else None)
    if prefix.lower() != "aws":
        return None
    family, slash, tag = rest.partition("/")
    choices = TAGS if slash else (*TAGS, *(key.removeprefix("aws:") for key in GLOBAL_KEYS))
    found = closest(family, choices)
    if found in TAGS:
        return f"aws:{found}/{tag or '<name of the tag>'}"
    return f"aws:{found}" if found else None


def _by_service(key: str, known: Catalogue) -> _Found | None:
    """Check a key of the form ``service:Key``; identity providers, whose prefix is a domain, are not checked."""
    prefix = fold_key(key).partition(":")[0]
    if prefix == "aws" or {".", "/"} & set(prefix):
        return None
    if prefix in _SERVERLESS:
        return f"no service has the key of `${{{key}}}`, so it hardly ever has a value", f"the Serverless Framework {_TEMPLATE}"
    services = WITHOUT_ACTIONS.union(known.services)
    if prefix not in services:
        message = f"no known service has the prefix of `${{{key}}}`, so it hardly ever has a value"
        return message, _other_service(key, prefix, services)
    return _misspelled(key, prefix, known) if prefix in known.services else None


def _other_service(key: str, prefix: str, services: Collection[str]) -> str:
    close = get_close_matches(prefix, sorted(services), n=1)
    name = key.partition(":")[2]
    return f"did you mean `${{{close[0]}:{name}}}`?" if close else "a variable is a condition key, such as `aws:username`"


def _misspelled(key: str, prefix: str, known: Catalogue) -> _Found | None:
    """Look for a key of the service of which this is a misspelling; a key without a similar one may just be new."""
    keys = {fold_key(each): each for each in known.keys_of(prefix)}
    folded = fold_key(key)
    close = get_close_matches(folded, keys, n=1, cutoff=_ALIKE)
    if not close or any(_is_of(folded, each) for each in keys):
        return None
    message = f"`{prefix}` has no key with the name in `${{{key}}}`, so it hardly ever has a value"
    return message, f"did you mean `${{{keys[close[0]]}}}`? ({known.source})"


def _is_of(folded: str, key: str) -> bool:
    """Return whether a key is ``key``, which may end with a placeholder: ``s3:BucketTag/${TagKey}``."""
    head = _USERS_NAME.split(key)[0]
    return folded == key if head == key else folded.startswith(head)
