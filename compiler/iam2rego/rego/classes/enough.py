"""Finds for each open class the texts of context keys that are enough to allow it, whatever else the request says."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from iam2rego.rego.classes.names import NameSet
from iam2rego.rego.classes.rows import Held, Outcomes

Case: TypeAlias = tuple[str, NameSet, str, str]
"""The service and the first name, as a set, of a class; a context key in lower case, and its text."""

MOST: Final = 8
"""So many keys of a class count at most, as OPA looks for each of them in the request: those that matter to most rows."""

MOST_CLASSES: Final = 32
"""A text that is enough for more classes of a service does not count, so that tables grow no faster than policies."""

_SIGN: Final = "="
"""Distinguishes these tokens from those of classes, which the same text of a row holds."""


class Enough:
    """Cases in which a class is allowed, each with a token. Cases of the same rows share one."""

    def __init__(
        self,
        rows: Mapping[Held, Mapping[str, Outcomes]],
        firsts: Mapping[str, Mapping[NameSet, str]],
        shorten: Callable[[Iterable[str]], Mapping[str, str]],
    ) -> None:
        together: defaultdict[tuple[Held, ...], list[Case]] = defaultdict(list)
        for case, held in _of_few_keys(_rows_of_cases(rows, firsts)).items():
            together[tuple(held)].append(case)
        told = {held: min(_told(case, firsts) for case in cases) for held, cases in together.items()}
        names = shorten(told.values())
        tokens = {held: f"{_SIGN}{names[text]}" for held, text in told.items()}
        self.tokens: Final = {case: tokens[held] for held, cases in together.items() for case in cases}
        """The token of each case."""
        self._rows: defaultdict[Held, list[str]] = defaultdict(list)
        for held, token in tokens.items():
            for each in held:
                self._rows[each].append(token)

    def of(self, held: Held) -> Sequence[str]:
        """Return the tokens of a row."""
        return sorted(self._rows[held])


def _rows_of_cases(rows: Mapping[Held, Mapping[str, Outcomes]], firsts: Mapping[str, Mapping[NameSet, str]]) -> Mapping[Case, list[Held]]:
    found: defaultdict[Case, list[Held]] = defaultdict(list)
    for held, services in rows.items():
        for service, outcome in services.items():
            for (key, text), names in outcome.given.items():
                decided = [first for first in firsts[service] if first & names]
                for first in decided if len(decided) <= MOST_CLASSES else ():
                    found[service, first, key, text].append(held)
    return found


def _of_few_keys(cases: Mapping[Case, Sequence[Held]]) -> Mapping[Case, Sequence[Held]]:
    """Return the cases of the `MOST` keys of each class that have most rows."""
    uses: defaultdict[tuple[str, NameSet], Counter[str]] = defaultdict(Counter)
    for (service, first, key, _), held in cases.items():
        uses[service, first][key] += len(held)
    kept = {of: {key for key, _ in counted.most_common(MOST)} for of, counted in uses.items()}
    return {case: held for case, held in cases.items() if case[2] in kept[case[:2]]}


def _told(case: Case, firsts: Mapping[str, Mapping[NameSet, str]]) -> str:
    service, first, key, text = case
    return repr((firsts[service][first], key, text))
