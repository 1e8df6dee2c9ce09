"""IAM520: a condition key that neither AWS nor the service in its prefix has (C25)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.global_keys import GLOBAL_KEYS, HOLDS, TAG, TAGS
from iam2rego.catalogue.service_keys import service_of, type_of
from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.lint.edits import only_close, renamed_key
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.report import closest, quote, suggestion

FINDING: Final = Finding(
    code="IAM520",
    name="unknown-condition-key",
    level=Level.WARNING,
    summary="AWS has no condition key of this name (C25).",
    why=(
        "The key is missing in every request. So an `Allow` with the condition never applies, a `Deny` denies nothing and, with a negated "
        "operator or `IfExists`, the condition is always true. The key may be newer than our list, and those of "
        "services newer than the list that the hint names."
    ),
    remedy="Correct the spelling; the hint names the closest key.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", '
        '"Condition": {"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", '
        '"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    aws=("INVALID_GLOBAL_CONDITION_KEY", "INVALID_SERVICE_CONDITION_KEY"),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    fix=Safety.UNSAFE,
)

_TITLE: Final = "write the key that is similar"
_GLOBAL: Final = "aws:"
_UNNAMED: Final = frozenset(f"{_GLOBAL}{tag.lower()}{slash}" for tag in TAGS for slash in ("", "/"))
"""Tag keys without the name of a tag, which another finding reports."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the global keys and at those of services."""
    for test in subject.tests:
        if found := unknown_key(test.condition.key, subject.catalogue):
            message, hint, aws = found
            yield Occurrence(
                test.key.name_span, f"{message}, so no request has it", hint, aws, fix=unsafe(_TITLE, _renamed, test, subject.catalogue)
            )


def unknown_key(key: str, known: Catalogue) -> tuple[str, str, str] | None:
    """Return a message, a hint and AWS's issue code if neither AWS nor the service in the prefix of a key has it."""
    folded = fold_key(key)
    if _is_unknown(folded):
        return f"AWS has no global condition key {quote(key)}", _hint(key), "INVALID_GLOBAL_CONDITION_KEY"
    if service := _lacking_service(folded, known):
        hint = _hint_of_service(key, service, known)
        return f"the service `{service}` has no condition key {quote(key)}", hint, "INVALID_SERVICE_CONDITION_KEY"
    return None


def _renamed(test: Tested, known: Catalogue | None) -> tuple[Edit, ...]:
    """Write the only key that is similar."""
    key = test.condition.key
    family, slash, tag = key.partition("/")
    if _is_unknown(fold_key(key)):
        similar = only_close(family, _choices(slash))
        return renamed_key(test, similar + slash + tag) if similar else ()
    service = _lacking_service(fold_key(key), known) if known else None
    similar = only_close(key, known.keys_of(service)) if known and service else None
    return renamed_key(test, similar) if similar and "${" not in similar else ()


def _is_unknown(folded: str) -> bool:
    known = folded in HOLDS or folded in _UNNAMED or TAG.fullmatch(folded)
    return folded.startswith(_GLOBAL) and not known


def _choices(slash: str) -> list[str]:
    """Return the global keys without a slash, or the families of those with one."""
    return [f"{_GLOBAL}{each}" for each in TAGS] if slash else [*GLOBAL_KEYS, *(f"{_GLOBAL}{each}/" for each in TAGS)]


def _hint(key: str) -> str:
    family, slash, tag = key.partition("/")
    found = closest(family, _choices(slash))
    if not found:
        return "the IAM User Guide lists all global condition keys"
    return f"did you mean {quote(found + slash + tag)}?"


def _lacking_service(folded: str, known: Catalogue) -> str | None:
    """Return the service in the prefix of the key if it lacks the key; what a template fills in is not checked."""
    is_open = "${" in folded or folded.endswith("/")
    return None if is_open or type_of(folded, known) else service_of(folded, known)


def _hint_of_service(key: str, service: str, known: Catalogue) -> str:
    return f"{suggestion(key, list(known.keys_of(service)), 'there is no similar name')} ({known.source})"
