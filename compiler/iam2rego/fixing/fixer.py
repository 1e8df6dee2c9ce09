"""Fixes one file after the other, in passes: each applies fixes that do not overlap, and the next looks at what came of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Diagnostic
from iam2rego.fixing.edits import apart, applied
from iam2rego.fixing.proof import differing, unproven
from iam2rego.fixing.reading import Offer, Seen, edited, errors, meanings, seen
from iam2rego.ir.policy import Policy
from iam2rego.jsontext import dumps
from iam2rego.lint import Selected, Subject, by_default
from iam2rego.lint.fix import Fix, Safety, identity
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Options

_Key: TypeAlias = tuple[str, str, str]
_PASSES: Final = 100

_UNSAFE: Final = "it may change what the policy means"
_ELSEWHERE: Final = "the policy is in a string of the file, and only files are edited"


Wanted: TypeAlias = Callable[[Sequence[Diagnostic], Sequence[Subject]], Sequence[Diagnostic]]
"""Returns those of the findings in some policies that are to be fixed."""


def _all(findings: Sequence[Diagnostic], _: Sequence[Subject]) -> Sequence[Diagnostic]:
    return findings


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fix.

    Attributes:
        options: how the file is read.
        catalogue: what is known of AWS.
        selected: says which findings to look for.
        unsafe: whether fixes that may change the meaning of a policy are wanted too.
        wanted: says which of these are to be fixed.
    """

    options: Options
    catalogue: Catalogue
    selected: Selected = by_default
    unsafe: bool = False
    wanted: Wanted = _all


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that has a fix which was not applied, and why."""

    finding: Diagnostic
    why: str

    @property
    def is_unsafe(self) -> bool:
        """Whether only that it is unsafe kept the fix from being applied."""
        return self.why == _UNSAFE

    @property
    def is_elsewhere(self) -> bool:
        """Whether no option would apply the fix."""
        return self.why == _ELSEWHERE


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file before and after, the findings that were fixed, and those whose fixes were not applied."""

    before: TextFile
    after: TextFile
    done: tuple[Diagnostic, ...]
    left: tuple[Left, ...]

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.after.data != self.before.data


@dataclass(slots=True)
class Fixer:
    """Fixes one file as wished."""

    wish: Wish
    _refused: dict[_Key, str] = field(default_factory=dict)
    _unwanted: set[_Key] = field(default_factory=set)
    _read: tuple[TextFile, Mapping[str, Policy]] | None = None

    def fixed(self, file: TextFile) -> Fixed:
        """Apply fixes until there are none left. A safe fix is applied only if it is proven, unless unsafe ones are wanted too."""
        before, done = file, list[Diagnostic]()
        now = self._seen(file)
        for _ in range(_PASSES):
            chosen = self._chosen(now)
            if not chosen:
                break
            file, applied_ = self._applied(now, chosen)
            done += [each.finding for each in applied_]
            now = self._seen(file)
        left = [Left(each.finding, self._refused.get(each.key, _UNSAFE)) for each in self._wanted(now)]
        left += [Left(each, _ELSEWHERE) for each in self.wish.wanted(now.elsewhere, now.subjects)]
        return Fixed(before, file, tuple(done), tuple(left))

    def proven(self, file: TextFile) -> Mapping[object, Fix]:
        """Return the safe fixes of a file that are proven, each by itself, by the identities of the findings.

        The evaluator is not asked: nothing is applied here, and inclusion is certain for every request.
        """
        now = self._seen(file)
        safe = [each for each in self._wanted(now) if each.fix.safety is Safety.SAFE]
        included = [each for each in safe if not self._refusal(now, file, [each], ask=False)]
        return {identity(each.finding): each.fix for each in included}

    def _seen(self, file: TextFile) -> Seen:
        return seen(file, self.wish.options, self.wish.catalogue, self.wish.selected)

    def _wanted(self, now: Seen) -> list[Offer]:
        """Return the offers that are wanted. What was not wanted once stays so, even if another fix changes the text around it."""
        wanted = {identity(each) for each in self.wish.wanted([offer.finding for offer in now.offers], now.subjects)}
        self._unwanted |= {each.key for each in now.offers if identity(each.finding) not in wanted}
        return [each for each in now.offers if each.key not in self._unwanted]

    def _chosen(self, now: Seen) -> list[Offer]:
        """Return the offers to try in one pass, in the order of their places."""
        allowed = [
            each for each in self._wanted(now) if each.key not in self._refused and (self.wish.unsafe or each.fix.safety is Safety.SAFE)
        ]
        by_fix = {id(each.fix): each for each in allowed}
        return [by_fix[id(fix)] for fix in apart(each.fix for each in allowed)]

    def _applied(self, now: Seen, chosen: Sequence[Offer]) -> tuple[TextFile, Sequence[Offer]]:
        """Apply all of them or, if something is wrong with these together, those that are right one by one.

        The last one comes first, so that the places of the others stay right.
        """
        if not self._refusal(now, now.file, chosen):
            return self._edited(now.file, chosen), chosen
        file, done = now.file, list[Offer]()
        for each in reversed(chosen):
            if why := self._refusal(now, file, [each]):
                self._refused[each.key] = why
            else:
                file = self._edited(file, [each])
                done.append(each)
        return file, done[::-1]

    def _edited(self, file: TextFile, offers: Iterable[Offer]) -> TextFile:
        return edited(file, applied(file.source, [each.fix for each in offers]))

    def _refusal(self, now: Seen, file: TextFile, offers: Sequence[Offer], *, ask: bool = True) -> str | None:
        """Return why ``file`` must not be edited so; None if nothing is wrong with it."""
        after = self._edited(file, offers)
        if errors(after, self.wish.options) - now.errors:
            return "the policy would have an error"
        return None if self.wish.unsafe else self._unproven(file, after, {each.policy for each in offers}, ask=ask)

    def _meanings(self, file: TextFile) -> Mapping[str, Policy]:
        """Return the policies of a file, which is read once for all fixes that are tried on it."""
        if self._read is None or self._read[0] is not file:
            self._read = file, meanings(file, self.wish.options)
        return self._read[1]

    def _unproven(self, before: TextFile, after: TextFile, touched: Iterable[str], *, ask: bool) -> str | None:
        """Return why the policies of two files are not proven to mean the same; None if they are."""
        old, new = self._meanings(before), meanings(after, self.wish.options)
        if old.keys() != new.keys() or not old.keys() >= set(touched):
            return "the policy has errors, so nothing is proven of it"
        changed = [(old[name], new[name]) for name in old if old[name].document != new[name].document]
        for one, other in changed:
            if why := unproven(one, other):
                return why
        for one, other in changed if ask else ():
            if request := differing(one, other):
                return f"the policies decide differently about {dumps(request)}"
        return None
