"""Policies before and after a fix, and how tests fix them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.catalogue.services import catalogue
from iam2rego.fixing import Fixed, Fixer, Wish
from iam2rego.ir.policy import Kind
from iam2rego.source import Source
from iam2rego.sources.files import Place, TextFile
from iam2rego.sources.reading import Options

GRANT: Final = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"'
HEAD: Final = '{"Version": "2012-10-17", "Statement": '
NO_PARAMETERS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Case:
    """A policy with a finding, and what its fix makes of it."""

    code: str
    bad: str
    good: str
    kind: Kind = Kind.IDENTITY
    lenient: bool = False


def when(condition: str, grant: str = GRANT) -> str:
    """A policy of one statement with a condition."""
    return f'{HEAD}{{{grant}, "Condition": {condition}}}}}'


def policy(statements: str) -> str:
    """A policy with the statements, as they are written."""
    return f"{HEAD}{statements}}}"


def listed(member: str, entries: str, others: str = '"Resource": "*"') -> str:
    """A policy of one statement with a list of entries."""
    return policy(f'{{"Effect": "Allow", "{member}": {entries}, {others}}}')


def text_file(text: str, name: str = "policy.json") -> TextFile:
    """The file that holds a text."""
    return TextFile(Place(name, name), Source(name, text), text.encode())


def options(kind: Kind = Kind.IDENTITY, *, lenient: bool = False, parameters: Mapping[str, str] = NO_PARAMETERS) -> Options:
    return Options(kind, lenient, parameters)


def fixed(text: str, kind: Kind = Kind.IDENTITY, *, unsafe: bool = False, lenient: bool = False) -> Fixed:
    """Fix a text."""
    return Fixer(Wish(options(kind, lenient=lenient), catalogue(), unsafe=unsafe)).fixed(text_file(text))


def fixed_case(case: Case, *, unsafe: bool = False) -> Fixed:
    """Fix the findings that a case is about."""
    found = options(case.kind, lenient=case.lenient)
    wish = Wish(found, catalogue(), lambda finding: finding.code == case.code, unsafe=unsafe)
    return Fixer(wish).fixed(text_file(case.bad))


def codes(done: Fixed) -> list[str]:
    """The codes of the findings that were fixed."""
    return [str(each.code) for each in done.done]
