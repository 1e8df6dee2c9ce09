"""Counts in bounded memory."""


class Tally:
    """How often each of the first ``most`` different values occurred.

    Attributes:
        counts: by value, in order of first occurrence.
        others: how often other values occurred; if not 0, `counts` lacks some values.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.counts: dict[str, int] = {}
        self.others = 0

    def add(self, value: str) -> bool:
        """Count a value; return whether it may be new."""
        if value in self.counts:
            self.counts[value] += 1
            return False
        if len(self.counts) < self._most:
            self.counts[value] = 1
        else:
            self.others += 1
        return True

    @property
    def ordered(self) -> dict[str, int]:
        """The counts, the most frequent first."""
        return dict(sorted(self.counts.items(), key=lambda item: (-item[1], item[0])))
