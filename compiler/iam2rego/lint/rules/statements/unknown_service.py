"""IAM510: a service in an ARN or in a condition key that does not exist."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from iam2rego.catalogue.key_prefixes import WITHOUT_ACTIONS
from iam2rego.catalogue.services import Catalogue
from iam2rego.catalogue.unlisted import UNLISTED
from iam2rego.diagnostics import Level
from iam2rego.lint.arns import Field, literal_fields, with_field
from iam2rego.lint.edits import only_close, renamed_key, respelled_close
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.report import quote, suggestion

FINDING: Final = Finding(
    code="IAM510",
    name="unknown-service",
    level=Level.WARNING,
    summary="The service in an ARN, or the prefix of a condition key, does not exist.",
    why=(
        "No resource has such an ARN, and no request has such a key: a `Deny` may deny nothing. "
        "The message names the list of services; a service may be newer. "
        "For services that AWS has ended it is a notice. "
        "Keys of identity providers, whose prefix is a domain, are not checked."
    ),
    remedy="Correct the spelling; the message names the closest service.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s33:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    aws=("INVALID_SERVICE",),
    fix=Safety.UNSAFE,
)

_TITLE: Final = "write the service that is similar"
_GLOBAL: Final = "aws"
_OF_A_PROVIDER: Final = (".", "/")
_TEMPLATE: Final = ("<", "$")


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the services of ARNs and keys."""
    yield from _of_arns(subject, subject.catalogue)
    yield from _of_keys(subject, subject.catalogue)


def _of_arns(subject: Subject, known: Catalogue) -> Iterator[Occurrence]:
    for entry, service in literal_fields(subject, Field.SERVICE):
        if not known.is_service(service.lower()):
            message = f"no service has the name {quote(service)} in its ARNs"
            around = partial(with_field, entry, Field.SERVICE, service)
            fix = unsafe(_TITLE, respelled_close, subject, entry.span, entry.text, service, known.services, around)
            yield Occurrence(entry.span, message, _hint(service, known), level=_level(service.lower()), fix=fix)


def _of_keys(subject: Subject, known: Catalogue) -> Iterator[Occurrence]:
    for test in subject.tests:
        if found := unknown_prefix(test.condition.key, known):
            message, hint = found
            text = f"{message}, so no request has the key {quote(test.condition.key)}"
            fix = unsafe(_TITLE, _renamed, test, known)
            yield Occurrence(test.key.name_span, text, hint, level=_level(fold_key(test.condition.key).partition(":")[0]), fix=fix)


def _renamed(test: Tested, known: Catalogue) -> tuple[Edit, ...]:
    prefix, _, name = test.condition.key.partition(":")
    better = only_close(prefix, known.services)
    return renamed_key(test, f"{better}:{name}") if better else ()


def unknown_prefix(key: str, known: Catalogue) -> tuple[str, str] | None:
    """Return a message and a hint if no service has the prefix of a condition key."""
    prefix, colon, _ = fold_key(key).partition(":")
    if not (colon and prefix) or _may_be_prefix(prefix, known):
        return None
    return f"no service has the prefix {quote(prefix)}", _hint(prefix, known)


def _may_be_prefix(prefix: str, known: Catalogue) -> bool:
    is_known = prefix == _GLOBAL or prefix in WITHOUT_ACTIONS or known.is_service(prefix)
    return is_known or any(each in prefix for each in (*_OF_A_PROVIDER, *_TEMPLATE))


def _level(service: str) -> Level | None:
    return Level.NOTICE if service in UNLISTED else None


def _hint(service: str, known: Catalogue) -> str:
    return f"{suggestion(service, sorted(known.services), 'there is no similar service')} ({known.source})"
