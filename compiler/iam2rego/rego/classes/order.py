"""Orders rows, and the tokens in them, so that a compressed bundle is small: gzip finds only what was repeated within 32 KiB."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

_CLASSES: Final = slice(2)
"""The texts of a row that hold most of its tokens: those of classes."""

_BAR: Final = "|"


def ordered(rows: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return ``rows`` with the longest first, and their tokens by the rows that hold them."""
    names = sorted(rows, key=lambda name: -sum(map(len, rows[name])))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for text in rows[name][_CLASSES]:
            for token in text[1:-1].split(_BAR):
                holders[token].append(place)
    ranks = {token: rank for rank, token in enumerate(sorted(holders, key=holders.__getitem__))}
    return {name: [*(_sorted(text, ranks) for text in rows[name][_CLASSES]), *rows[name][2:]] for name in names}


def _sorted(text: str, ranks: Mapping[str, int]) -> str:
    """Return a text of tokens between bars with its tokens in order."""
    return _BAR.join(["", *sorted(text[1:-1].split(_BAR), key=ranks.__getitem__), ""]) if text else ""
