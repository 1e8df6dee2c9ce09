"""Makes the data that decides most requests without evaluating a policy.

A row says which actions a caller's policies may allow; callers with the same policies share it. Actions with the same result in every row
form a class.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from iam2rego.rego.classes.enough import Enough
from iam2rego.rego.classes.form import form
from iam2rego.rego.classes.names import NameSet, members, named
from iam2rego.rego.classes.order import ordered
from iam2rego.rego.classes.parts import Part, merged
from iam2rego.rego.classes.patterns import WIDE, Pattern, allowing, globs, prefixes
from iam2rego.rego.classes.rows import Held, classes, given, groups, outcomes, sides

_Data: TypeAlias = dict[str, Any]

Shorten: TypeAlias = Callable[[Iterable[str]], Mapping[str, str]]
"""Gives each text a short name of its own, which rarely changes when other texts do."""

_CALLER: Final = re.compile(r"arn:([^:]+):(?:iam|sts)::([0-9]{12}):(?:user|assumed-role)/.+", re.DOTALL)


def index(
    policies: Mapping[str, Sequence[Part]],
    callers: Mapping[str, Held],
    everybody: Held | None,
    spelled: Mapping[str, str],
    shorten: Shorten,
) -> _Data:
    """Return ``classes``, ``callers``, ``rows``, ``enough``, ``prefixes``, ``globs`` and ``everybody`` of a bundle.

    Args:
        policies: the parts of each policy, by its name.
        callers: the policies of users by ARN, and of roles by the start of their sessions' ARNs.
        everybody: the policies of every caller, if no callers are known.
        spelled: how requests usually spell each context key, by the key in lower case.
        shorten: names classes, rows and patterns.
    """
    rows = _Rows(policies, callers.values(), everybody, shorten)
    accounts = {caller: match.groups() for caller in callers if (match := _CALLER.fullmatch(caller))}
    told = {caller: json.dumps([account, *_told(callers[caller])]) for caller, account in accounts.items()}
    names = shorten(told.values())
    holders = {text: caller for caller, text in told.items()}
    made = {names[text]: [*rows.row(callers[caller]), form(*accounts[caller])] for text, caller in holders.items()}
    return {
        **rows.tables(spelled),
        "callers": {caller: names[text] for caller, text in told.items()},
        "rows": ordered(made),
        "everybody": rows.row(everybody)[:2] if everybody else [],
    }


def _told(held: Held) -> tuple[list[str], Sequence[str] | None]:
    return sorted(set(held.identity)), held.boundary


class _Rows:
    """Rows, with the classes and patterns in them."""

    def __init__(self, policies: Mapping[str, Sequence[Part]], callers: Collection[Held], everybody: Held | None, shorten: Shorten) -> None:
        self._services = named(part for parts in policies.values() for part in parts)
        all_held = [*dict.fromkeys([*callers, *([everybody] if everybody else [])])]
        self._group = groups(all_held)
        parts = _merged(policies, self._group)
        found = {group: sides(each, self._services) for group, each in parts.items()}
        texts = {group: given(each, self._services) for group, each in parts.items()} if callers else {}
        self._outcomes = {each: outcomes(each.of(self._group), found, texts) for each in all_held}
        self._allowing = {group: allowing(each) for group, each in parts.items()}
        self._classes = _firsts(classes(self._services, self._outcomes.values()))
        self._tokens = self._of_classes(shorten)
        self._patterns = self._of_patterns(shorten)
        self._enough = Enough(self._outcomes, self._named_classes(), shorten)

    def _named_classes(self) -> Mapping[str, Mapping[NameSet, str]]:
        """Return by service the first action of each class, by its first name as a set."""
        return {service: dict(zip(found, self._actions(service, found), strict=True)) for service, found in self._classes.items()}

    def _of_classes(self, shorten: Shorten) -> Mapping[str, Mapping[NameSet, str]]:
        """Return by service the token of each class, by its first name as a set."""
        firsts = self._named_classes()
        names = shorten(action for found in firsts.values() for action in found.values())
        return {service: {first: names[action] for first, action in found.items()} for service, found in firsts.items()}

    def _actions(self, service: str, sets: Iterable[NameSet]) -> Iterator[str]:
        """Yield the first action of each set."""
        yield from (f"{service}:{next(members(self._services[service], some))}" for some in sets)

    def _of_patterns(self, shorten: Shorten) -> Mapping[Pattern, str]:
        every = sorted(set[Pattern]().union(*self._allowing.values()) - {WIDE})
        names = shorten(map(repr, every))
        return {WIDE: "*", **{pattern: names[repr(pattern)] for pattern in every}}

    def tables(self, spelled: Mapping[str, str]) -> _Data:
        """Return the tables from actions, texts of context keys, and patterns to their tokens."""
        tokens = {pattern: _text([token]) for pattern, token in self._patterns.items()}
        found = {
            f"{service}:{name}": _text([self._tokens[service][first]])
            for service, names in self._services.items()
            for first, some in self._classes[service].items()
            for name in members(names, some)
        }
        enough: _Data = {}
        for (service, first, key, text), token in self._enough.tokens.items():
            keys = enough.setdefault(_text([self._tokens[service][first]]), {})
            keys.setdefault(spelled[key], {})[text] = _text([token])
        return {"classes": dict(sorted(found.items())), "enough": enough, "prefixes": prefixes(tokens), "globs": globs(tokens)}

    def row(self, held: Held) -> list[str]:
        """Return the tokens of granted classes, of open ones and what is enough for these, and of the patterns that may allow."""
        found = self._outcomes[held]
        sets = [(service, found[service]) for service in self._services if service in found]
        granted = (token for service, each in sets for token in self._of(service, each.granted))
        opened = (token for service, each in sets for token in self._of(service, each.open))
        may = set[Pattern]().union(*(self._allowing[group] for group in held.of(self._group).identity))
        return [_text(granted), _text([*opened, *self._enough.of(held)]), _text(sorted(self._patterns[pattern] for pattern in may))]

    def _of(self, service: str, some: NameSet) -> Iterator[str]:
        return (token for first, token in self._tokens[service].items() if some & first)


def _merged(policies: Mapping[str, Sequence[Part]], group: Mapping[str, str]) -> Mapping[str, Sequence[Part]]:
    """Return the parts of each group of policies."""
    found: dict[str, list[Part]] = {}
    for policy, name in group.items():
        found.setdefault(name, []).extend(policies[policy])
    return {name: merged(parts) for name, parts in found.items()}


def _firsts(classes: Mapping[str, Sequence[NameSet]]) -> Mapping[str, Mapping[NameSet, NameSet]]:
    """Return the classes of each service in order, by the first name of each as a set."""
    return {service: dict(sorted((some & -some, some) for some in found)) for service, found in classes.items()}


def _text(tokens: Iterable[str]) -> str:
    """Return tokens between bars, so that `contains` finds one."""
    told = "|".join(tokens)
    return f"|{told}|" if told else ""
