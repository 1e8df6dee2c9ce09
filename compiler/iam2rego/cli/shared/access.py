"""Access that one policy set gives and another does not, as `diff` and `prove` show it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.proving import Confirmation, Counterexample, confirmed
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.condition import Condition
from iam2rego.ir.decision import MatchedStatement
from iam2rego.ir.policy import Actions, PolicySet, PolicyType, Resources
from iam2rego.ir.walk import levels_by_type
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.principal import CallerKind
from iam2rego.proofs.askers import Names, everybody
from iam2rego.proofs.inclusion import Answer, Inclusion, Restriction
from iam2rego.proofs.leave import with_leave, without_resource_policies
from iam2rego.proofs.regions import Region, joined, regions
from iam2rego.proofs.shares import inclusions
from iam2rego.proofs.verdict import Undecided, UndecidedError
from iam2rego.source import Source

_SHOWN: Final = 3
"""How many known actions, or principals, a line names."""


@dataclass(frozen=True, slots=True)
class Access:
    """Access that a set gives and another does not: the regions with a counterexample each, and the reasons for what is undecided.

    `names` are those of the callers, for account exports.
    """

    regions: tuple[tuple[Region, Counterexample], ...] = ()
    undecided: tuple[str, ...] = ()
    names: Names | None = None

    @property
    def verdict(self) -> str:
        """The verdict on the claim that there is none."""
        if self.regions:
            return "refuted"
        return "undecided" if self.undecided else "proved"

    @property
    def examples(self) -> list[Counterexample]:
        """The counterexamples."""
        return [example for _, example in self.regions]

    @property
    def is_confirmed(self) -> bool:
        """Whether all engines confirm all counterexamples."""
        return all(example.is_confirmed for example in self.examples)


def access(
    new: PolicySet, old: PolicySet | None, confirmation: Confirmation, *, restriction: Restriction | None = None, quiet: bool
) -> Access:
    """Return the access that ``new`` gives and ``old`` does not; without ``old``, all that ``new`` gives, within the restriction.

    Where policies of resources, or two sets that limit what others allow, are given and callers' own policies are not, those callers are
    asked about twice: without and with leave of their own policies to do anything. The two are all that callers' policies can say.
    Without ``old``, what the leave gives by itself does not count.
    """
    sets, restriction = [each for each in (new, old) if each is not None], restriction or Restriction()
    found = _access(sets, confirmation, restriction, quiet=quiet)
    try:
        needing = _needing_leave(sets, restriction)
    except UndecidedError as error:
        return replace(found, undecided=tuple(dict.fromkeys((*found.undecided, str(error)))))
    if needing is None:
        return found
    leaving = [with_leave(new), with_leave(without_resource_policies(new) if old is None else old)]
    more = _access(leaving, confirmation, needing, quiet=quiet)
    known = {place for region, _ in found.regions for place in _places(region, found.names)}
    others = ((region, example) for region, example in more.regions if not known.issuperset(_places(region, more.names)))
    shown = ((region, replace(example, needs_leave=True)) for region, example in others)
    return Access((*found.regions, *shown), tuple(dict.fromkeys((*found.undecided, *more.undecided))), found.names)


def _places(region: Region, names: Names | None) -> list[object]:
    """Return what tells a region from others: in account exports, also who has the access."""
    return [(region.statement, region.resources, name) for name in ([None] if names is None else who(names, region))]


def _needing_leave(sets: Sequence[PolicySet], restriction: Restriction) -> Restriction | None:
    """Return the restriction to callers whose own policies are not given; None if there are none."""
    given = [each.attachments for each in sets]
    accounts = {account for each in given for account in each.accounts}
    of_resources = any(each.resource is not None or each.resources for each in given)
    are_limits = len(sets) > 1 and not accounts and any(map(_limits, given))
    if not (of_resources or are_limits) or any(each.identity for each in given):
        return None
    if restriction.callers is None and len(sets) > 1 and not accounts:
        return restriction
    among = everybody(sets) if restriction.callers is None else restriction.callers
    strangers = (each for each in among if each.caller.account is not None and each.caller.account not in accounts)
    return replace(restriction, callers=tuple(each for each in strangers if len(sets) > 1 or each.caller.kind is not CallerKind.ROOT))


def _limits(given: Attachments) -> bool:
    """Say whether some policies only limit what others allow."""
    return not levels_by_type(given).keys() <= {PolicyType.IDENTITY, PolicyType.RESOURCE}


def _access(sets: Sequence[PolicySet], confirmation: Confirmation, restriction: Restriction, *, quiet: bool) -> Access:
    new, *others = sets
    asked = inclusions(new, others[0] if others else None, restriction)
    return found_in(((each, list(each.answers())) for each in asked), sets, confirmation, quiet=quiet)


def found_in(
    answered: Iterable[tuple[Inclusion, Sequence[Answer]]], sets: Sequence[PolicySet], confirmation: Confirmation, *, quiet: bool
) -> Access:
    """Return the access in the answers to some questions, whose counterexamples the engines decide by all ``sets``."""
    found: list[Region] = []
    undecided: dict[str, None] = {}
    try:
        with progress.shown("proving", wanted=not quiet):
            for inclusion, answers in answered:
                found += regions(inclusion, answers)
                undecided.update((f"{each.action}: {each.verdict.reason}", None) for each in answers if isinstance(each.verdict, Undecided))
    except UndecidedError as error:
        undecided[str(error)] = None
    found = joined(found)
    examples = confirmed([each.request for each in found], sets, confirmation, quiet=quiet)
    names = Names(sets) if any(each.attachments.accounts for each in sets) else None
    return Access(tuple(zip(found, examples, strict=True)), tuple(undecided), names)


def access_json(given: Access) -> dict[str, object]:
    """Return the verdict on the claim that there is no such access, its regions and what is undecided."""
    return {
        "verdict": given.verdict,
        "regions": [{**_who_json(given, region), **_region_json(region), **example.as_json()} for region, example in given.regions],
        "undecided": list(given.undecided),
    }


def _who_json(given: Access, region: Region) -> dict[str, object]:
    return {} if given.names is None else {"principals": who(given.names, region)}


def who(names: Names, region: Region) -> list[str]:
    """Return the names of those who have the access."""
    return sorted({names.of(each) for each in region.callers})


def _region_json(region: Region) -> dict[str, object]:
    made: dict[str, object] = {}
    if region.statement is not None:
        made["statement"] = {"policy": region.statement.policy, "index": region.statement.index, "sid": region.statement.sid}
        made[element("Action", region.actions)] = [entry.text for entry in region.actions.entries]
    if region.resources is not None:
        made[element("Resource", region.resources)] = [entry.text for entry in region.resources.entries]
    if region.conditions:
        made["Condition"] = block(region.conditions)
    return {**made, "actions": list(region.known)}


def element(name: str, given: Actions | Resources) -> str:
    """Return the name of an element, with ``Not`` if it excepts its entries."""
    return f"Not{name}" if given.negated else name


def block(conditions: Sequence[Condition]) -> dict[str, JsonValue]:
    """Return the ``Condition`` of a statement; two spellings of one operator become one."""
    block: dict[str, dict[str, JsonValue]] = {}
    for each in conditions:
        block.setdefault(each.written_operator, {})[each.key] = [value.text for value in each.values]
    return {**block}


def access_text(given: Access, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield the lines of a report, without a heading."""
    for region, example in given.regions:
        yield f"  {_actions_words(region)}"
        if given.names is not None:
            yield f"    Principal: {some(who(given.names, region))}"
        if region.resources is not None:
            yield f"    {element('Resource', region.resources)}: {_listed(region.resources)}"
        if region.conditions:
            yield f"    Condition: {dumps(block(region.conditions))}"
        if region.statement is not None:
            yield f"    by {place_of(region.statement, sources)}"
        yield f"    for example {example.words()}"
    yield from (f"  undecided: {reason}" for reason in given.undecided)


def place_of(statement: MatchedStatement, sources: Mapping[str, Source]) -> str:
    """Return a statement's index, name and place in words."""
    file = sources[statement.policy].name if statement.policy in sources else statement.policy
    return statement_words(statement.index, statement.sid, f"{file}:{statement.start.line}")


def statement_words(index: int, sid: str, place: str) -> str:
    """Return a statement's index, its name if it has one, and its place in words."""
    return f"statement {index}{f' `{sid}`' if sid else ''} of {place}"


def _actions_words(region: Region) -> str:
    if not region.actions.entries:
        return f"Action: {some(region.known)}"
    written = f"{element('Action', region.actions)}: {_listed(region.actions)}"
    return f"{written} (here {some(region.known)})" if knows_more(region) else written


def knows_more(region: Region) -> bool:
    """Say whether the known actions of a region are others than its statement writes."""
    return bool(region.known) and set(region.known) != {entry.text for entry in region.actions.entries}


def some(texts: Sequence[str]) -> str:
    """Name the first few of some texts, and say how many more there are."""
    more = f" and {len(texts) - _SHOWN:,} more" if len(texts) > _SHOWN else ""
    return f"{', '.join(texts[:_SHOWN])}{more}"


def _listed(element: Actions | Resources) -> str:
    return ", ".join(entry.text for entry in element.entries)
