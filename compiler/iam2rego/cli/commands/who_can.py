"""``who-can``: which principals can do something, in which contexts, and by which statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import click

from iam2rego.cli.shared.access import block, statement_words
from iam2rego.cli.shared.asked_about import asked_about
from iam2rego.cli.shared.command import argument, command, group, options
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import Printing, Reading
from iam2rego.cli.shared.output import SURROUNDINGS, complain, failures_reported, show, show_json
from iam2rego.cli.shared.proving import Confirmation, Counterexample, confirmed
from iam2rego.cli.shared.unconfirmed import keep_unconfirmed
from iam2rego.diagnostics import printable
from iam2rego.ir.policy import Effect, PolicySet, PolicyType
from iam2rego.jsontext import dumps
from iam2rego.proofs.abilities import Ability, Contexts, who_can
from iam2rego.proofs.concerning import concerning
from iam2rego.proofs.layers import Taking
from iam2rego.proofs.leave import LEAVE, with_leave
from iam2rego.proofs.verdict import UndecidedError
from iam2rego.source import Source

_HEADINGS: Final[Mapping[Contexts, str]] = {
    Contexts.EVERY: "in every context",
    Contexts.SOME: "in some contexts",
    Contexts.UNDECIDED: "undecided",
}
_GRANTING: Final = (PolicyType.IDENTITY, PolicyType.RESOURCE)


@options
class Options:
    """The options of `who-can`."""

    action: str = argument("ACTION", "An action; with wildcards, any that matches.")
    resource: str = argument("RESOURCE", "A resource; with wildcards, any that matches.")
    sources: tuple[str, ...] = argument(
        "SOURCE...", "Account exports, policy sets, templates, policy files, folders of them; - for stdin.", nargs=-1
    )
    confirmation: Confirmation = group(Confirmation)
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Show who can do an action on a resource: in every context, in some, or in none, with the statements that decide.

    A principal of another account than the sources' is taken to have the leave of its own policies. Root users are left out. The exit
    status is 3 if an engine does not confirm a request, and otherwise 0.
    """
    printing = options.printing
    with failures_reported(as_json=printing.as_json):
        actions, resources = asked_about([options.action], [options.resource], "ACTION and RESOURCE")
        loaded = load_sources(options.sources, options.reading, printing)
        try:
            found = who_can(loaded.policies, actions, resources)
        except UndecidedError as error:
            complain(f"this cannot be decided: {error}")
            raise click.exceptions.Exit(SURROUNDINGS) from None
        examples = _examples(found, concerning(loaded.policies, actions), options)
        if printing.as_json:
            principals = [_json(each, examples, loaded.policies) for each in found]
            show_json({"action": options.action, "resource": options.resource, "principals": principals})
        else:
            show("\n".join(map(printable, _text(options, found, examples, _Places(loaded.policies, loaded.sources)))))
        keep_unconfirmed(examples.values(), [options.sources], options.reading)
        if not all(each.is_confirmed for each in examples.values()):
            raise click.exceptions.Exit(SURROUNDINGS)


def _examples(found: Iterable[Ability], policies: PolicySet, options: Options) -> dict[str, Counterexample]:
    """Return the requests that show what principals can do, decided by the engines."""
    examples: dict[str, Counterexample] = {}
    for are_known, part in ((True, policies), (False, with_leave(policies))):
        able = [each for each in found if each.request is not None and each.is_known is are_known]
        requests = [each.request for each in able if each.request is not None]
        decided = confirmed(requests, [part], options.confirmation, quiet=options.printing.quiet)
        examples.update((each.name, example) for each, example in zip(able, decided, strict=True))
    return examples


class _Places:
    """Where statements are."""

    def __init__(self, policies: PolicySet, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._indexes = {id(each): index for policy in policies.policies for index, each in enumerate(policy.document.statements)}

    def index(self, taking: Taking) -> int:
        return self._indexes[id(taking.statement)]

    def words(self, taking: Taking) -> str:
        """Return the place of a statement in words."""
        statement, source = taking.statement, self._sources.get(taking.policy)
        place = taking.policy if source is None else f"{source.name}:{statement.span.line if statement.span else 1}"
        return statement_words(self.index(taking), statement.sid, place)


def _deciding(ability: Ability) -> list[Taking]:
    """Return the statements that tell something: not those without a condition that only limit."""
    given = (each for each in ability.statements.values() if each.policy != LEAVE)
    return [each for each in given if each.statement.effect is Effect.DENY or each.policy_type in _GRANTING or each.statement.conditions]


def _text(options: Options, found: Sequence[Ability], examples: Mapping[str, Counterexample], places: _Places) -> Iterator[str]:
    yield f"who can {options.action} on {options.resource}:"
    for contexts, heading in _HEADINGS.items():
        able = [each for each in found if each.contexts is contexts]
        yield from (f"{heading}:",) if able else ()
        for each in able:
            leave = "" if each.is_known else ", if its own policies allow it"
            yield f"  {each.name}{leave}{f': {each.reason}' if contexts is Contexts.UNDECIDED else ''}"
            yield from (f"    {line}" for line in _lines(each, examples, places))
    unable = sum(each.contexts is Contexts.NONE for each in found)
    other = "other " if unable < len(found) else ""
    yield f"in no context: {unable:,} {other}principal{'' if unable == 1 else 's'} (proved)"


def _lines(ability: Ability, examples: Mapping[str, Counterexample], places: _Places) -> Iterator[str]:
    for each in sorted(_deciding(ability), key=lambda each: each.statement.effect):
        condition = f" if {dumps(block(each.statement.conditions))}" if each.statement.conditions else ""
        yield f"{each.statement.effect} by {places.words(each)}{condition}"
    if ability.contexts is Contexts.SOME:
        yield f"for example {examples[ability.name].words()}"


def _json(ability: Ability, examples: Mapping[str, Counterexample], policies: PolicySet) -> dict[str, object]:
    places = _Places(policies, {})
    example = examples.get(ability.name)
    return {
        "principal": ability.name,
        "contexts": ability.contexts.value,
        "needs_identity_policy": not ability.is_known,
        "statements": [_statement_json(each, places) for each in _deciding(ability)] if example else [],
        "request": None if example is None else example.request,
        "decisions": {} if example is None else {name.value: said[0].value for name, said in example.decisions.items()},
        "undecided": ability.reason,
    }


def _statement_json(taking: Taking, places: _Places) -> dict[str, object]:
    statement = taking.statement
    return {
        "policy": taking.policy,
        "policy_type": taking.policy_type.value,
        "index": places.index(taking),
        "sid": statement.sid,
        "effect": statement.effect.value,
        "Condition": block(statement.conditions),
    }
