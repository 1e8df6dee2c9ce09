"""One text that passes several tests, or the knowledge that there is none."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from iam2rego.ir.condition import Operator
from iam2rego.proofs.globs import find, language
from iam2rego.proofs.symbols import TEXT, lettered, letters_of
from iam2rego.proofs.symbols import Sequence as Symbols
from iam2rego.proofs.textual import (
    Test,
    alternatives,
    alternatives_with_letters,
    can_be_marked,
    combinations,
    is_static,
    is_textual,
    literals,
    passes,
    sequences_of,
)
from iam2rego.proofs.typed import CLASSES
from iam2rego.proofs.verdict import UndecidedError

_NOT_EMPTY: Final = language([TEXT])
_NOT_EMPTY_LOOSE: Final = language([TEXT], loose=True)
_EXACT: Final = frozenset({Operator.STRING_EQUALS, Operator.BINARY_EQUALS})


def find_text(tests: Sequence[Test]) -> str | None:
    """Return a text that is not empty and passes all tests; None if there is none.

    Raises:
        UndecidedError: a search has a limit, or one key is read as text and as a number, date or address at once.
    """
    textual = [each for each in tests if is_textual(each)]
    typed = [each for each in tests if not is_textual(each)]
    if not typed:
        return _find_textual(textual)
    candidates = list(_classes(typed))
    found = _first(tests, candidates)
    if found is not None or (not textual and len({CLASSES[each.condition.operator] for each in typed}) == 1):
        return found
    return _find_mixed(tests, textual, typed)


def _find_textual(tests: Sequence[Test]) -> str | None:
    if any(_is_excluded(tests, each) for each in tests if can_be_marked(each)):
        return None
    for alternative in combinations(map(alternatives, tests)):
        wanted = [each for each, inside in alternative if inside]
        found = find([_NOT_EMPTY, *wanted], [each for each, inside in alternative if not inside])
        if found is not None:
            return found
    return None


def _is_excluded(tests: Sequence[Test], marked: Test) -> bool:
    """Say whether it is certain that no text passes all tests, since a text of each value of ``marked`` fails another test.

    Letters stand for the values of the variables in that value, and tests read them only as something that holds of any values.
    """
    others = [each for each in tests if each != marked]
    try:
        return not any(_can_be(value, others) for value in sequences_of(marked.condition))
    except UndecidedError:
        return False


def _can_be(value: Symbols, tests: Iterable[Test]) -> bool:
    letters = letters_of(value)
    own = lettered(value, letters)
    assert own is not None, "each of its variables has a letter"
    for alternative in combinations(alternatives_with_letters(each, letters) for each in tests):
        wanted = [each for each, inside in alternative if inside]
        if find([language([own]), _NOT_EMPTY_LOOSE, *wanted], [each for each, inside in alternative if not inside]) is not None:
            return True
    return False


def _classes(typed: Iterable[Test]) -> Iterator[str]:
    """Yield texts of every class, for each type by itself."""
    values: dict[object, list[str]] = {}
    for test in typed:
        values.setdefault(CLASSES[test.condition.operator], []).extend(value.text for value in test.condition.values)
    for classes in dict.fromkeys(CLASSES[test.condition.operator] for test in typed):
        yield from classes(values[classes])


def _first(tests: Iterable[Test], candidates: Iterable[str]) -> str | None:
    return next((text for text in candidates if text and all(passes(test, text) for test in tests)), None)


def _find_mixed(tests: Sequence[Test], textual: Sequence[Test], typed: Sequence[Test]) -> str | None:
    """Find a text where types mix: among those that the tests name, and nothing if one type alone has none."""
    found = _first(tests, literals(textual))
    if found is not None or any(map(_is_finite, textual)):
        return found
    candidate = _find_textual(textual)
    types = dict.fromkeys(CLASSES[each.condition.operator] for each in typed)
    if candidate is None or any(_is_impossible(typed, classes) for classes in types):
        return None
    if all(passes(test, candidate) for test in tests):
        return candidate
    raise UndecidedError(f"the key `{tests[0].condition.key}` is read as text, number, date or address at once")


def _is_finite(test: Test) -> bool:
    """Say whether `literals` has every text that passes a test."""
    return test.holds and test.condition.operator in _EXACT and is_static(test.condition)


def _is_impossible(typed: Sequence[Test], classes: object) -> bool:
    alone = [each for each in typed if CLASSES[each.condition.operator] is classes]
    return _first(alone, _classes(alone)) is None
