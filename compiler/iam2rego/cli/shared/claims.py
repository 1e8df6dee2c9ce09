"""Claims that `prove` decides: one of the command line, or several of a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias

from iam2rego.cli.shared.access import Access, access, access_json, access_text, found_in, statement_words
from iam2rego.cli.shared.asked_about import NO_SUCH_PRINCIPAL, asked_about
from iam2rego.cli.shared.proving import Confirmation, Counterexample
from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import PolicySet
from iam2rego.proofs.askers import callers_named
from iam2rego.proofs.inclusion import Restriction
from iam2rego.proofs.verdict import Refuted, Undecided
from iam2rego.source import Source
from iam2rego.sources import Loaded

Load: TypeAlias = Callable[..., list[Loaded]]
"""Loads several lists of sources, each list by itself."""


class Claim(StrEnum):
    """What can be proved."""

    NO_NEW_ACCESS = "no-new-access"
    EQUIVALENT = "equivalent"
    NOT_GRANTED = "not-granted"
    NO_PUBLIC_ACCESS = "no-public-access"
    REACHABLE = "reachable"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim about sources, and what it needs to be about."""

    claim: Claim
    sources: Sequence[str]
    reference: str | None = None
    actions: Sequence[str] = ()
    resources: Sequence[str] = ()
    principals: Sequence[str] = ()

    @property
    def sides(self) -> list[Sequence[str]]:
        """The sources, in the groups that are read together."""
        apart = [[each] for each in self.sources] if self.claim is Claim.EQUIVALENT else [self.sources]
        return [*apart, *([] if self.reference is None else [[self.reference]])]

    def mistake(self) -> tuple[str, str] | None:
        """Return what does not fit the claim: a message, and the option that it is about; None if all does."""
        claim, of_grants = self.claim, self.claim is Claim.NOT_GRANTED
        if (self.reference is not None) is not (claim is Claim.NO_NEW_ACCESS):
            return "no-new-access needs a reference, and no other claim has one", "--reference"
        if bool(self.actions) is not of_grants:
            return "not-granted needs an action, and no other claim has one", "--action"
        if (self.resources or self.principals) and not of_grants:
            return "only not-granted is about some resources and principals", "--resource" if self.resources else "--principal"
        if claim is Claim.EQUIVALENT and len(self.sources) != 2:
            return "equivalent compares two sources", "SOURCE..."
        return None


@dataclass(frozen=True, slots=True)
class Moot:
    """Statements that never decide, in words, and what is undecided about others."""

    statements: Sequence[Mapping[str, Any]] = ()
    undecided: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found about a claim: access that it denies, with the texts of the policies that give it, or statements that never decide."""

    claimed: Claimed
    accesses: Sequence[tuple[Access, Mapping[str, Source]]] = ()
    moot: Moot = field(default_factory=Moot)

    @property
    def verdict(self) -> str:
        """The verdict on the claim."""
        verdicts = {each.verdict for each, _ in self.accesses}
        verdicts |= {"refuted"} if self.moot.statements else {"undecided"} if self.moot.undecided else {"proved"}
        return next(each for each in ("refuted", "undecided", "proved") if each in verdicts)

    @property
    def examples(self) -> list[Counterexample]:
        """The counterexamples."""
        return [example for given, _ in self.accesses for example in given.examples]

    @property
    def is_confirmed(self) -> bool:
        """Whether all engines confirm all counterexamples."""
        return all(each.is_confirmed for each, _ in self.accesses)

    def text(self, name: str = "") -> Iterator[str]:
        """Yield the lines of a report, the first with the ``name`` of the claim, if it has one."""
        proved = ""
        if self.verdict == "proved":
            proved = ": every statement can decide" if self.claimed.claim is Claim.REACHABLE else " for every request"
        yield f"{name or self.claimed.claim.value}: {self.verdict}{proved}"
        for given, sources in self.accesses:
            yield from access_text(given, sources)
        for each in self.moot.statements:
            place = f"{each['file']}:{each['line']}"
            yield f"  {statement_words(each['index'], each['sid'], place)} never decides (proved)"
        yield from (f"  undecided: {reason}" for reason in self.moot.undecided)

    def as_json(self) -> dict[str, object]:
        """Return the verdict and what led to it."""
        claim = self.claimed.claim
        found: dict[str, object] = {"claim": claim.value, "verdict": self.verdict}
        if claim is Claim.REACHABLE:
            return {**found, "unreachable": [*self.moot.statements], "undecided": [*self.moot.undecided]}
        names = ("first_only", "second_only") if claim is Claim.EQUIVALENT else ("access",)
        return {**found, **dict(zip(names, (access_json(each) for each, _ in self.accesses), strict=True))}


def decided(claimed: Claimed, load: Load, confirmation: Confirmation, *, quiet: bool) -> Outcome:
    """Decide a claim."""
    given = partial(access, confirmation=confirmation, quiet=quiet)
    match claimed.claim:
        case Claim.NO_NEW_ACCESS:
            loaded, reference = load([claimed.sources, [claimed.reference]])
            return Outcome(claimed, [(given(loaded.policies, reference.policies), loaded.sources)])
        case Claim.EQUIVALENT:
            one, other = load([[each] for each in claimed.sources])
            sides = ((one, other), (other, one))
            return Outcome(claimed, [(given(this.policies, that.policies), this.sources) for this, that in sides])
        case Claim.NOT_GRANTED:
            (loaded,) = load([claimed.sources])
            restriction = _restriction(claimed, loaded.policies)
            return Outcome(claimed, [(given(loaded.policies, None, restriction=restriction), loaded.sources)])
        case Claim.NO_PUBLIC_ACCESS:
            from iam2rego.proofs.leave import with_leave
            from iam2rego.proofs.public import public_access  # here, since no other claim needs it

            (loaded,) = load([claimed.sources])
            sets = [with_leave(loaded.policies)]
            return Outcome(claimed, [(found_in(public_access(loaded.policies), sets, confirmation, quiet=quiet), loaded.sources)])
        case Claim.REACHABLE:
            (loaded,) = load([claimed.sources])
            return Outcome(claimed, moot=_moot(loaded))


def _restriction(claimed: Claimed, policies: PolicySet) -> Restriction:
    actions, resources = asked_about(claimed.actions, claimed.resources or ("*",), "--action and --resource")
    if not claimed.principals:
        return Restriction(actions, resources)
    callers = callers_named([policies], claimed.principals)
    if not callers:
        raise PolicyError([Diagnostic(Code.UNKNOWN_REFERENCE, NO_SUCH_PRINCIPAL, Source("--principal", ""))])
    return Restriction(actions, resources, tuple(callers))


def _moot(loaded: Loaded) -> Moot:
    from iam2rego.proofs.moot import moot  # here, since no other claim needs it

    statements: list[Mapping[str, Any]] = []
    undecided: list[str] = []
    for policy in loaded.policies.policies:
        source = loaded.sources[policy.name]
        for index, (statement, verdict) in enumerate(zip(policy.document.statements, moot(policy), strict=True)):
            line = statement.span.line if statement.span else source.first_line
            if isinstance(verdict, Undecided):
                undecided.append(f"statement {index} of {source.name}:{line}: {verdict.reason}")
            elif verdict is not None and not isinstance(verdict, Refuted):
                statements.append({"policy": policy.name, "file": source.name, "line": line, "index": index, "sid": statement.sid})
    return Moot(statements, undecided)
