"""Turns a statement's test of the caller into lines of its rule.

The listed principals become an object of sets, which the runtime library compares with the caller: in the statement's rule if the lists
are short, otherwise in helper rules.
"""

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from iam2rego.rego.language.printer import fits
from iam2rego.rego.language.tree import Call, Infix, Literal, Name, Not, Object, Rule, SomeIn, String, Term
from iam2rego.rego.modules.fragment import Fragment
from iam2rego.rego.modules.texts import strings
from iam2rego.rego.reading.principals import CallerTest, Question

WILD: Final = String("wild")
KIND: Final = Name("kind")
"""How a statement names the caller (P1): everybody by `WILD`, unless its lines bind `KIND`."""

_NAME: Final = Name("name")


def principal_fragment(test: CallerTest | bool, name: str) -> Fragment:
    """Return the test of the caller; ``name`` is free for helper rules."""
    match test:
        case True:
            return Fragment(())
        case False:
            return Fragment(None)
        case CallerTest(question=question, lists=lists):
            return _compared(question, lists, name)
        case _:
            assert_never(test)


def _compared(question: Question, lists: Mapping[str, tuple[str, ...]], name: str) -> Fragment:
    given = Object(tuple((String(each), strings(texts)) for each, texts in lists.items()))
    if fits(given):
        return Fragment((_line(question, given),))
    return Fragment((_line(question, Name(name)),), tuple(_helpers(lists, name)))


def _line(question: Question, given: Term) -> Literal:
    match question:
        case Question.KIND:
            return Infix(KIND, ":=", Call("principals.kind", (given,)))
        case Question.INCLUDE:
            return Call("principals.include", (given,))
        case Question.EXCLUDE:
            return Not(Call("principals.include", (given,)))
        case Question.NOT_EXEMPT:
            return Not(Call("principals.exempt", (given,)))
        case _:
            assert_never(question)


def _helpers(lists: Mapping[str, tuple[str, ...]], name: str) -> Iterator[Rule]:
    """Yield rules that build the object list by list; they hold for every caller, so `not` can be applied to the object."""
    for each, texts in lists.items():
        yield Rule(f"{name}.{each}", (SomeIn(_NAME.path, strings(texts)),), contains=_NAME)
