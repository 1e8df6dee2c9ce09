"""Classes of actions: actions of one class are named by the same Action elements.

One automaton reads all entries at once. Its states are searched breadth first, so each class comes with a short action.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple, TypeAlias

from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Actions
from iam2rego.native.case import fold
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.symbols import Sequence, Symbol, spell, text_of
from iam2rego.proofs.verdict import UndecidedError

Owners: TypeAlias = frozenset[int]
"""The numbers of Action elements."""

_Positions: TypeAlias = frozenset[tuple[int, int]]
"""An entry and a place in it."""

_MOST_STATES: Final = 200_000
_FEW: Final = 4
"""With more sets of owners than this still possible, it takes too long to see that no new class can come."""

_SERVICE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_NAME: Final = _SERVICE | {"_"}


class _State(NamedTuple):
    """Where the text so far can be: the part of the form of an action (A1), the places in entries, and the owners that are certain."""

    form: int
    positions: _Positions
    sure: Owners


_ALPHABETS: Final = (_SERVICE, _SERVICE | {":"}, _NAME, _NAME)
"""The characters that may follow nothing, part of a service, the colon, and part of a name (N3)."""

_COMPLETIONS: Final = ("a:a", ":a", "a", "")


class Classes:
    """The classes of actions that Action elements make, each element given by its number.

    Iteration yields those classes that every element of ``within`` names; ``NotAction`` cannot be among these.
    """

    def __init__(self, elements: Iterable[Actions], within: Iterable[int] = ()) -> None:
        owners: dict[Sequence, set[int]] = {}
        negated = set()
        for number, element in enumerate(elements):
            negated |= {number} if element.negated else set()
            for entry in element.entries:
                if isinstance(entry, ActionPattern):
                    owners.setdefault(_folded(spell(entry.segments)), set()).add(number)
        self._negated: Final = frozenset(negated)
        self._within: Final = frozenset(within)
        self._entries: Final = tuple(owners)
        self._owners: Final = tuple(frozenset(each) for each in owners.values())
        self._moves: dict[tuple[_State, str], _State] = {}
        self._start: Final = self._state(0, ((entry, 0) for entry in range(len(self._entries))), frozenset())

    def __iter__(self) -> Iterator[tuple[Owners, str]]:
        """Yield the elements that match the actions of each class, and an action of it in lower case.

        Raises:
            UndecidedError: there are too many states.
        """
        for named, action in self._named().items():
            if self._within <= named:
                yield named ^ self._negated, action

    def of(self, action: str) -> Owners:
        """Return the elements that match an action."""
        state = self._start
        for character in fold(action):
            state = self._after(state, character)
        return self._label(state) ^ self._negated

    def _named(self) -> Mapping[Owners, str]:
        found: dict[Owners, str] = {}
        waiting, met = deque([(self._start, "")]), {self._start}
        while waiting:
            state, text = waiting.popleft()
            if state.form == 3 or not state.positions:
                found.setdefault(self._label(state), text + _COMPLETIONS[state.form])
            if self._is_without(state) or self._is_settled(state, found):
                continue
            for character in self._alphabet(state):
                after = self._after(state, character)
                if after not in met:
                    met.add(after)
                    waiting.append((after, text + character))
            if len(met) > _MOST_STATES:
                raise UndecidedError(f"the entries of Action have more than {_MOST_STATES:,} states together")
        return found

    def _is_without(self, state: _State) -> bool:
        """Say whether an element that must name the action cannot any more."""
        missing = self._within - state.sure
        return bool(missing) and not missing <= frozenset().union(*(self._owners[entry] for entry, _ in state.positions))

    def _is_settled(self, state: _State, found: Mapping[Owners, str]) -> bool:
        """Say whether every class that can still come of a state has been found."""
        possible = {self._owners[entry] for entry, _ in state.positions}
        if len(possible) > _FEW:
            return False
        chosen = (each for count in range(len(possible) + 1) for each in combinations(possible, count))
        return all(state.sure.union(*each) in found for each in chosen)

    def _alphabet(self, state: _State) -> list[str]:
        allowed = _ALPHABETS[state.form]
        live = {symbol for entry, place in state.positions if isinstance(symbol := self._symbol(entry, place), str)}
        others = sorted(allowed - live - {":"}, key=_taste)[:1]
        return [*others, *sorted(live & allowed - {":"}), *([":"] if ":" in allowed else ())]

    def _after(self, state: _State, character: str) -> _State:
        known = (state, character)
        found = self._moves.get(known)
        if found is None:
            form = 2 if character == ":" else (1, 1, 3, 3)[state.form]
            found = self._moves[known] = self._state(form, self._moved(state.positions, character), state.sure)
        return found

    def _moved(self, positions: _Positions, character: str) -> Iterator[tuple[int, int]]:
        for entry, place in positions:
            symbol = self._symbol(entry, place)
            if symbol is Wildcard.RUN:
                yield entry, place
            elif symbol is Wildcard.ONE or symbol == character:
                yield entry, place + 1

    def _state(self, form: int, positions: Iterable[tuple[int, int]], sure: Owners) -> _State:
        """Return a state with the places that an empty run leads to, and without those that can no longer matter."""
        closed: set[tuple[int, int]] = set()
        for entry, start in positions:
            place = start
            closed.add((entry, place))
            while self._symbol(entry, place) is Wildcard.RUN:
                place += 1
                closed.add((entry, place))
                if place == len(self._entries[entry]):
                    sure |= self._owners[entry]
        return _State(form, frozenset(each for each in closed if not self._owners[each[0]] <= sure), sure)

    def _label(self, state: _State) -> Owners:
        ended = (self._owners[entry] for entry, place in state.positions if place == len(self._entries[entry]))
        return state.sure.union(*ended)

    def _symbol(self, entry: int, place: int) -> Symbol | None:
        symbols = self._entries[entry]
        return symbols[place] if place < len(symbols) else None


def _taste(character: str) -> tuple[bool, str]:
    return not character.isalpha(), character


def _folded(symbols: Sequence) -> Sequence:
    """Return an action entry without regard to case (A4)."""
    return tuple(fold(each) if isinstance(each, str) else each for each in symbols)


def spelled(elements: Iterable[Actions]) -> dict[str, str]:
    """Return the entries that name a single action, as they are spelled, by their lower-case form."""
    patterns = (entry for element in elements for entry in element.entries if isinstance(entry, ActionPattern))
    return {fold(entry.text): entry.text for entry in patterns if text_of(spell(entry.segments)) is not None}
