"""Works out what a caller's policies decide for each class of actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from iam2rego.rego.classes.names import Names, NameSet, divided, meant
from iam2rego.rego.classes.parts import Part


class Sides(NamedTuple):
    """The action names of a service that statements allow or deny; ``_if`` has those of statements with further tests."""

    allowed: NameSet = 0
    allowed_if: NameSet = 0
    denied: NameSet = 0
    denied_if: NameSet = 0


Sided: TypeAlias = Mapping[str, Sides]
"""`Sides` by service; a missing one is empty."""

Texts: TypeAlias = Mapping[tuple[str, str], NameSet]
"""The action names of a service that Allows grant if a context key has a text, by key and text."""

_NOTHING: Final = Sides()


@dataclass(frozen=True, slots=True)
class Held:
    """The policies of a caller by name. ``boundary`` is None without a boundary; an empty boundary allows nothing."""

    identity: tuple[str, ...]
    boundary: tuple[str, ...] | None

    def of(self, group: Mapping[str, str]) -> "Held":
        """Return the same by the groups of policies."""
        boundary = None if self.boundary is None else tuple(dict.fromkeys(group[policy] for policy in self.boundary))
        return Held(tuple(dict.fromkeys(group[policy] for policy in self.identity)), boundary)


class Outcomes(NamedTuple):
    """The action names of a service that are always allowed, and those that depend on the rest of the request.

    Names in neither set are never allowed. ``given`` has the open names for which one text of one context key is enough.
    """

    granted: NameSet
    open: NameSet
    given: Texts


def groups(held: Sequence[Held]) -> Mapping[str, str]:
    """Return the group of each policy, by the name of its first one. Policies that the same callers have are read together."""
    uses: dict[str, list[tuple[int, bool]]] = {}
    for number, each in enumerate(held):
        for policy in each.identity:
            uses.setdefault(policy, []).append((number, False))
        for policy in each.boundary or ():
            uses.setdefault(policy, []).append((number, True))
    firsts: dict[tuple[tuple[int, bool], ...], str] = {}
    return {policy: firsts.setdefault(tuple(found), policy) for policy, found in uses.items()}


def sides(parts: Iterable[Part], services: Mapping[str, Names]) -> Sided:
    """Return the sides of one policy for the names of all ``services``."""
    found: dict[str, list[NameSet]] = {}
    for part in parts:
        kind = 2 * part.denies + part.conditional
        for service in services if part.is_wide else part.services.keys() & services:
            found.setdefault(service, [*_NOTHING])[kind] |= meant(part, service, services[service])
    return {service: Sides(*sets) for service, sets in found.items()}


def given(parts: Iterable[Part], services: Mapping[str, Names]) -> Mapping[str, Texts]:
    """Return by service the texts of context keys that are enough for Allows of one policy, apart from Allows for any service."""
    found: dict[str, dict[tuple[str, str], NameSet]] = {}
    for part in parts:
        if part.given and not part.is_wide:
            key, texts = part.given
            for service in part.services.keys() & services:
                sets, names = found.setdefault(service, {}), meant(part, service, services[service])
                sets |= {(key, text): sets.get((key, text), 0) | names for text in texts}
    return found


def outcomes(held: Held, policies: Mapping[str, Sided], texts: Mapping[str, Mapping[str, Texts]]) -> Mapping[str, Outcomes]:
    """Return the outcomes of a caller's policies by service (E1, E5, E6); ``texts`` are those of `given` for each policy."""
    identity = _together(policies[name] for name in held.identity)
    boundary = None if held.boundary is None else _together(policies[name] for name in held.boundary)
    return {
        service: _outcomes(
            of_identity,
            None if boundary is None else boundary.get(service, _NOTHING),
            [texts[name][service] for name in held.identity if service in texts.get(name, {})],
        )
        for service, of_identity in identity.items()
    }


def _together(policies: Iterable[Sided]) -> Sided:
    found: dict[str, Sides] = {}
    for policy in policies:
        for service, sets in policy.items():
            known = found.get(service)
            found[service] = Sides(*[one | other for one, other in zip(known, sets, strict=True)]) if known else sets
    return found


def _outcomes(identity: Sides, boundary: Sides | None, texts: Iterable[Texts]) -> Outcomes:
    allowed, possible = -1, identity.allowed | identity.allowed_if
    denied, denied_if = identity.denied, identity.denied_if
    if boundary is not None:
        allowed = boundary.allowed
        possible &= boundary.allowed | boundary.allowed_if
        denied |= boundary.denied
        denied_if |= boundary.denied_if
    unlimited = allowed & ~(denied | denied_if)
    granted = identity.allowed & unlimited
    return Outcomes(granted, possible & ~denied & ~granted, _enough(texts, unlimited & ~granted))


def _enough(texts: Iterable[Texts], names: NameSet) -> Texts:
    """Return the texts that are enough for some of ``names``."""
    found: dict[tuple[str, str], NameSet] = {}
    for each in texts:
        for given, some in each.items():
            if enough := some & names:
                found[given] = found.get(given, 0) | enough
    return found


def classes(services: Mapping[str, Names], rows: Iterable[Mapping[str, Outcomes]]) -> Mapping[str, Sequence[NameSet]]:
    """Return the classes by service: sets of names with the same result in every row."""
    sets: dict[str, dict[NameSet, None]] = {service: {} for service in services}
    for row in rows:
        for service, found in row.items():
            sets[service].update(dict.fromkeys([found.granted, found.open, *found.given.values()]))
    return {service: divided(names, sets[service]) for service, names in services.items()}
