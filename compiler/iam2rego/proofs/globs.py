"""Languages of patterns, and the shortest text that is in some of them and in none of others.

A language is a union of sequences of symbols, read by an automaton that is made as far as it is needed: a state is the set of the
positions at which the text so far can be. Complements need no automaton of their own, because that set is exact.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, TypeAlias

from iam2rego.native.case import fold
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs import symbols as sym
from iam2rego.proofs.verdict import UndecidedError

State: TypeAlias = frozenset[int]
_Product: TypeAlias = tuple[State, ...]

_RUNS: Final = (Wildcard.RUN, Wildcard.RUN_IN_FIELD)
_WILD: Final = frozenset(Wildcard)
_MOST_STATES: Final = 50_000
"""How many states a search may meet. Patterns with many inner wildcards can have exponentially many together."""

_PREFERRED: Final = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./"
_RARE: Final = range(0x4E00, 0x9FFF)
_IMPOSSIBLE: Final = "\ufffd"
"""No request holds it (N3)."""


class Language:
    """The texts that at least one of some sequences without variables matches. `language` makes one, always the same for the same.

    A text may have letters that stand for the values of variables (`symbols.letters_of`). A sequence reads a letter as a wildcard that
    takes any value, or as the same letter; a ``loose`` language reads one as whatever the value might be.
    """

    def __init__(self, sequences: frozenset[sym.Sequence], loose: bool) -> None:
        self.sequences: Final = sequences
        self.loose: Final = loose
        self._symbols: list[sym.Symbol | None] = []
        starts = []
        for each in sorted(self.sequences, key=repr):
            starts.append(len(self._symbols))
            self._symbols += [*each, None]
        self._moves: dict[tuple[State, str], State] = {}
        self._live: dict[State, frozenset[str]] = {}
        self.start: Final = self._closed(starts)

    def __contains__(self, text: str) -> bool:
        state = self.start
        for character in text:
            state = self.move(state, character)
        return self.accepts(state)

    def accepts(self, state: State) -> bool:
        """Say whether the text so far is in the language."""
        return any(self._symbols[each] is None for each in state)

    def is_sure(self, state: State) -> bool:
        """Say whether every text that goes on from here is in the language."""
        return any(self._ends_in_run(each) for each in state)

    def is_bound(self, state: State) -> bool:
        """Say whether only `live` characters go on from here."""
        return not any(self._symbols[each] in _WILD for each in state)

    def live(self, state: State) -> frozenset[str]:
        """Return the characters that a state tells apart from others, not counting colons that only wildcards avoid."""
        found = self._live.get(state)
        if found is None:
            found = self._live[state] = frozenset(self._literals(state))
        return found

    def move(self, state: State, character: str) -> State:
        """Return the state after one more character."""
        known = (state, character)
        found = self._moves.get(known)
        if found is None:
            found = self._moves[known] = self._closed(self._after(state, character))
        return found

    def _literals(self, state: State) -> Iterator[str]:
        for each in state:
            symbol = self._symbols[each]
            if isinstance(symbol, str):
                yield symbol
            elif isinstance(symbol, sym.Folded):
                yield from sym.spellings(symbol.character)

    def _after(self, state: State, character: str) -> Iterator[int]:
        if self.loose and sym.is_letter(character):
            for each in state:
                yield from range(each, self._symbols.index(None, each) + 1)
            return
        for each in state:
            symbol = self._symbols[each]
            if symbol is Wildcard.RUN or (symbol is Wildcard.RUN_IN_FIELD and not sym.may_be_colon(character)):
                yield each
            elif _is_read(symbol, character):
                yield each + 1

    def _closed(self, positions: Iterable[int]) -> State:
        """Return the positions and those that an empty run leads to; nothing else where every text is matched from here on."""
        closed: set[int] = set()
        for each in positions:
            at = each
            closed.add(at)
            while self._symbols[at] in _RUNS:
                if self._ends_in_run(at):
                    return frozenset((at, at + 1))
                at += 1
                closed.add(at)
        return frozenset(closed)

    def _ends_in_run(self, position: int) -> bool:
        return self._symbols[position] is Wildcard.RUN and self._symbols[position + 1] is None


def _is_read(symbol: sym.Symbol | None, character: str) -> bool:
    """Say whether a character is what a symbol other than a run stands for."""
    match symbol:
        case Wildcard.ONE:
            return not sym.is_letter(character)
        case Wildcard.ONE_IN_FIELD:
            return character != ":" and not sym.is_letter(character)
        case sym.Folded(character=folded):
            return fold(character) == folded
        case _:
            return symbol == character


@lru_cache(maxsize=4096)
def _language(sequences: frozenset[sym.Sequence], loose: bool) -> Language:
    return Language(sequences, loose)


def language(sequences: Iterable[sym.Sequence], *, loose: bool = False) -> Language:
    """Return the language of some sequences."""
    return _language(frozenset(sequences), loose)


def find(wanted: Sequence[Language], unwanted: Sequence[Language]) -> str | None:
    """Return a shortest text that is in all languages of ``wanted`` and in none of ``unwanted``; None if there is none.

    Raises:
        UndecidedError: the search met too many states.
    """
    languages, count = (*wanted, *unwanted), len(wanted)
    start: _Product = tuple(each.start for each in languages)
    came_from: dict[_Product, tuple[_Product, str] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        product = waiting.popleft()
        states = list(zip(languages, product, strict=True))
        if any(not state for _, state in states[:count]) or any(each.is_sure(state) for each, state in states[count:]):
            continue
        if all(each.accepts(state) is (index < count) for index, (each, state) in enumerate(states)):
            return _text(came_from, product)
        for character in _alphabet(states, count):
            after = tuple(each.move(state, character) for each, state in states)
            if after not in came_from:
                came_from[after] = (product, character)
                waiting.append(after)
        if len(came_from) > _MOST_STATES:
            raise UndecidedError(f"its patterns have more than {_MOST_STATES:,} states together")
    return None


def _alphabet(states: Sequence[tuple[Language, State]], count: int) -> Iterable[str]:
    """Return one character for each way in which the text can go on."""
    lives = [each.live(state) for each, state in states]
    letters = {character for live in lives[:count] for character in live if sym.is_letter(character)}
    bound = [live for live, (each, state) in zip(lives[:count], states[:count], strict=True) if each.is_bound(state)]
    if bound:
        return [*sorted(letters), *sorted(frozenset.intersection(*bound) - letters - {_IMPOSSIBLE}, key=_taste)]
    live = frozenset(character for each in lives for character in each if not sym.is_letter(character))
    return [*sorted(letters), other_than(live), *sorted(live - {":", _IMPOSSIBLE}, key=_taste), ":"]


def other_than(live: frozenset[str]) -> str:
    """Return a character that is none of ``live`` and no colon."""
    return next(each for each in chain(_PREFERRED, map(chr, _RARE)) if each not in live)


def _taste(character: str) -> tuple[bool, bool, str]:
    """Order characters: printable ASCII before others, lower case before upper."""
    return not (character.isascii() and character.isprintable()), character.isupper(), character


def _text(came_from: dict[_Product, tuple[_Product, str] | None], product: _Product) -> str:
    characters: list[str] = []
    step = came_from[product]
    while step is not None:
        before, character = step
        characters.append(character)
        step = came_from[before]
    return "".join(reversed(characters))
