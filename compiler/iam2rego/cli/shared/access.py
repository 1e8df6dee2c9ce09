"""Access that one policy set gives and another does not, as `diff` and `prove` show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.proving import Confirmation, Counterexample, confirmed
from iam2rego.ir.condition import Condition
from iam2rego.ir.everything import everything
from iam2rego.ir.policy import Actions, PolicySet, Resources
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.proofs.inclusion import Inclusion, Restriction
from iam2rego.proofs.regions import Region, regions
from iam2rego.proofs.verdict import Undecided, UndecidedError
from iam2rego.source import Source

_LEAVE: Final = "<leave>"
"""The name of a policy that no source has."""
_SHOWN: Final = 3
"""How many known actions a line names."""


@dataclass(frozen=True, slots=True)
class Access:
    """Access that a set gives and another does not: the regions with a counterexample each, and the reasons for what is undecided."""

    regions: tuple[tuple[Region, Counterexample], ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """The verdict on the claim that there is none."""
        if self.regions:
            return "refuted"
        return "undecided" if self.undecided else "proved"

    @property
    def is_confirmed(self) -> bool:
        """Whether all engines confirm all counterexamples."""
        return all(example.is_confirmed for _, example in self.regions)


def access(
    new: PolicySet, old: PolicySet | None, confirmation: Confirmation, *, restriction: Restriction | None = None, quiet: bool
) -> Access:
    """Return the access that ``new`` gives and ``old`` does not; without ``old``, all that ``new`` gives, within the restriction.

    Where there are policies of resources and none of callers, the callers are asked about twice: without and with leave of their own
    policies to do anything. The two are all that callers' policies can say.
    """
    given = [each for each in (new, old) if each is not None]
    found = _access(given, confirmation, restriction, quiet=quiet)
    of_resources = any(each.attachments.resource is not None for each in given)
    if not of_resources or any(each.attachments.identity for each in given):
        return found
    more = _access([_with_leave(each) for each in given], confirmation, restriction, quiet=quiet)
    known = {(region.statement, region.resources) for region, _ in found.regions}
    others = ((region, example) for region, example in more.regions if (region.statement, region.resources) not in known)
    needing = ((region, replace(example, needs_leave=True)) for region, example in others)
    return Access((*found.regions, *needing), tuple(dict.fromkeys((*found.undecided, *more.undecided))))


def _access(sets: Sequence[PolicySet], confirmation: Confirmation, restriction: Restriction | None, *, quiet: bool) -> Access:
    new, *others = sets
    try:
        inclusion = Inclusion(new, others[0] if others else None, restriction)
    except UndecidedError as error:
        return Access(undecided=(str(error),))
    with progress.shown("proving", wanted=not quiet):
        answers = list(inclusion.answers())
    found = regions(inclusion, answers)
    undecided = dict.fromkeys(f"{each.action}: {each.verdict.reason}" for each in answers if isinstance(each.verdict, Undecided))
    examples = confirmed([each.request for each in found], sets, confirmation, quiet=quiet)
    return Access(tuple(zip(found, examples, strict=True)), tuple(undecided))


def _with_leave(policies: PolicySet) -> PolicySet:
    """Return the set with an identity policy that allows every caller everything."""
    attachments = policies.attachments.model_copy(update={"identity": (_LEAVE,)})
    held = sorted((*policies.policies, everything(_LEAVE)), key=lambda policy: policy.name)
    return PolicySet(policies=tuple(held), attachments=attachments)


def access_json(given: Access) -> dict[str, object]:
    """Return the verdict on the claim that there is no such access, its regions and what is undecided."""
    return {
        "verdict": given.verdict,
        "regions": [{**_region_json(region), **example.as_json()} for region, example in given.regions],
        "undecided": list(given.undecided),
    }


def _region_json(region: Region) -> dict[str, object]:
    made: dict[str, object] = {}
    if region.statement is not None:
        made["statement"] = {"policy": region.statement.policy, "index": region.statement.index, "sid": region.statement.sid}
        made[_element("Action", region.actions)] = [entry.text for entry in region.actions.entries]
    if region.resources is not None:
        made[_element("Resource", region.resources)] = [entry.text for entry in region.resources.entries]
    if region.conditions:
        made["Condition"] = _block(region.conditions)
    return {**made, "actions": list(region.known)}


def _element(name: str, element: Actions | Resources) -> str:
    return f"Not{name}" if element.negated else name


def _block(conditions: Sequence[Condition]) -> dict[str, JsonValue]:
    """Return the ``Condition`` of a statement; two spellings of one operator become one."""
    block: dict[str, dict[str, JsonValue]] = {}
    for each in conditions:
        block.setdefault(each.written_operator, {})[each.key] = [value.text for value in each.values]
    return {**block}


def access_text(given: Access, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield the lines of a report, without a heading."""
    for region, example in given.regions:
        yield f"  {_actions_words(region)}"
        if region.resources is not None:
            yield f"    {_element('Resource', region.resources)}: {_listed(region.resources)}"
        if region.conditions:
            yield f"    Condition: {dumps(_block(region.conditions))}"
        if region.statement is not None:
            place, sid = region.statement, region.statement.sid
            file = sources[place.policy].name if place.policy in sources else place.policy
            yield f"    by statement {place.index}{f' `{sid}`' if sid else ''} of {file}:{place.start.line}"
        yield f"    for example {example.words()}"
    yield from (f"  undecided: {reason}" for reason in given.undecided)


def _actions_words(region: Region) -> str:
    known = ", ".join(region.known[:_SHOWN])
    more = f" and {len(region.known) - _SHOWN:,} more" if len(region.known) > _SHOWN else ""
    if not region.actions.entries:
        return f"Action: {known}{more}"
    written = f"{_element('Action', region.actions)}: {_listed(region.actions)}"
    if not region.known or set(region.known) == {entry.text for entry in region.actions.entries}:
        return written
    return f"{written} (here {known}{more})"


def _listed(element: Actions | Resources) -> str:
    return ", ".join(entry.text for entry in element.entries)
