"""Policies on the page: each statement's text next to its rules, and what the requests showed about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from iam2rego.conformance.page.changes import Change, changes
from iam2rego.conformance.page.coverage_marks import NO_DISAGREEMENTS, Seen, Sign, sign_of_part, words_of_part
from iam2rego.conformance.page.rules import Lines, Rules, rules_of
from iam2rego.coverage import Coverage, PartCoverage
from iam2rego.coverage.observe import Place
from iam2rego.ir.policy import Policy, PolicySet, Statement
from iam2rego.jsontext import dumps
from iam2rego.source import Source


@dataclass(frozen=True, slots=True)
class Subject:
    """The checked policies with their texts and compiled modules, both by policy name; a module may be missing.

    `origin` says where the modules come from, in words that follow "the Rego"; `named` are the sources as the user named them, and
    `revision` is that of what the compiler makes of them now.
    """

    policies: PolicySet
    sources: Mapping[str, Source]
    modules: Mapping[str, str]
    origin: str
    named: Sequence[str]
    revision: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a statement; the statement applies to `request`, but not after `changes`. None without a pair that shows the part."""

    kind: str
    text: str
    line: int | None
    sign: Sign
    words: str
    request: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement: its anchor on the page, its text, and its rules, which are empty if it can never apply."""

    index: int
    sid: str
    effect: str
    anchor: str
    sign: Sign
    words: str
    source: Lines
    rules: Lines
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy; `module` has the lines that belong to no statement, or is None if there is no module.

    `not_evaluated` has the numbers of the lines that OPA evaluated for no request, if the run traced lines.
    """

    name: str
    type: str
    file: str
    version: str
    statements: tuple[StatementView, ...]
    module: Lines | None
    not_evaluated: frozenset[int]
    disagreements: int

    @property
    def findings(self) -> int:
        """The number of statements with something not seen."""
        return sum(each.sign.is_finding for each in self.statements)

    @property
    def sign(self) -> Sign:
        """The sign of all statements together."""
        if self.disagreements:
            return Sign.DISAGREES
        signs = {each.sign for each in self.statements}
        return signs.pop() if len(signs) == 1 else Sign.PARTLY if self.findings else Sign.COVERED


def anchors(policies: PolicySet) -> Mapping[Place, str]:
    """Return the anchor of every statement on the page."""
    return {
        Place(policy.name, index): f"policy-{number}-statement-{index}"
        for number, policy in enumerate(policies.policies)
        for index, _ in enumerate(policy.document.statements)
    }


def policy_views(
    subject: Subject, coverage: Coverage, concerned: Mapping[str, int], involved: Mapping[Place, int] = NO_DISAGREEMENTS
) -> Iterator[PolicyView]:
    """Yield the policies in order; ``concerned`` counts the disagreements about each policy, ``involved`` those of each statement."""
    seen, names = Seen.of(coverage, involved), anchors(subject.policies)
    missed = {each.policy: frozenset(each.rules.not_covered) for each in coverage.detail if each.rules}
    for policy in subject.policies.policies:
        module = subject.modules.get(policy.name)
        yield PolicyView(
            name=policy.name,
            type=policy.type,
            file=policy.file,
            version=policy.document.version or "",
            statements=tuple(_statements(policy, subject.sources[policy.name], rules_of(module or ""), seen, names)),
            module=rules_of(module).others if module is not None else None,
            not_evaluated=missed.get(policy.name, frozenset()),
            disagreements=concerned.get(policy.name, 0),
        )


def _statements(policy: Policy, source: Source, rules: Rules, seen: Seen, names: Mapping[Place, str]) -> Iterator[StatementView]:
    for index, statement in enumerate(policy.document.statements):
        place = Place(policy.name, index)
        yield StatementView(
            index=index,
            sid=statement.sid,
            effect=statement.effect,
            anchor=names[place],
            sign=seen.sign(place),
            words=seen.words(place),
            source=_text(source, statement),
            rules=rules.statements.get(index, ()),
            parts=tuple(map(_part, seen.parts(place))),
        )


def _text(source: Source, statement: Statement) -> Lines:
    span = statement.span
    assert span is not None, "the front end gives every statement its place"
    return tuple(enumerate(source.excerpt(span), span.line))


def _part(each: PartCoverage) -> PartView:
    line = each.part.span.line if each.part.span else None
    request, differing = (dumps(each.pair.applies), tuple(changes(each.pair))) if each.pair else (None, ())
    return PartView(each.part.kind, each.part.text, line, sign_of_part(each), words_of_part(each), request, differing)
