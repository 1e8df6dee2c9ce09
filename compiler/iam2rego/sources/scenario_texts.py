"""Finds the JSON texts that hold scenarios, in files of their own and in folders that may hold other files too."""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.diagnostics import PolicyError
from iam2rego.jsontext import JsonTextError, loads
from iam2rego.sources.files import Place, find, opened, refuse_missing
from iam2rego.sources.problems import Problems
from iam2rego.sources.texts import JsonText, json_texts

SUFFIXES: Final = (".json", ".jsonl")
"""In a folder, only files with these suffixes are read."""

_CERTAIN: Final = (".scenarios.json", ".jsonl")
"""The names of files that hold scenarios even if they lie among policies."""

_TELLING: Final = frozenset({"request", "expect"})
"""Members of which every scenario has one, even if the other is misspelled, and no policy has."""


def texts_of(paths: Sequence[str], problems: Problems) -> Iterator[JsonText]:
    """Yield the texts of all files; what cannot be read is a problem.

    Raises:
        PolicyError: a file is missing, which is found before an hour is spent on others.
    """
    places = list(_places(paths, problems))
    problems.settled()
    for place, certain in places:
        with problems.collected(), opened(place.shown) as file:
            texts = json_texts(file, place.shown)
            yield from texts if certain else _of_scenarios(texts)


def _places(paths: Sequence[str], problems: Problems) -> Iterator[tuple[Place, bool]]:
    """Yield the files, and whether each holds scenarios for certain."""
    for path in paths:
        with problems.collected():
            for place in find(path, SUFFIXES):
                with problems.collected():
                    refuse_missing(place.shown)
                    yield place, place.shown == path or place.file.endswith(_CERTAIN)


def _of_scenarios(texts: Iterator[JsonText]) -> Iterator[JsonText]:
    """Yield the texts of a file if its first is a scenario, or cannot be read."""
    for first in texts:
        if _may_be_scenario(first):
            yield first
            yield from texts
        return


def _may_be_scenario(text: JsonText) -> bool:
    try:
        value = loads(text.source().text)
    except (PolicyError, JsonTextError):
        return True
    return any(isinstance(each, dict) and not _TELLING.isdisjoint(each) for each in (value if isinstance(value, list) else [value]))
