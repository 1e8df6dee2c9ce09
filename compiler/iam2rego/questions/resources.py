"""Resources on both sides of a resource entry (docs/semantics.md, "Resources")."""

from collections.abc import Iterator
from random import Random
from typing import Final

from iam2rego.ir.pattern import AnyResource, AnyRun, ArnPattern, Pattern, ResourceEntry, Unmatchable
from iam2rego.ir.policy import Resources
from iam2rego.questions.aim import ACCOUNT
from iam2rego.questions.fill import PLAIN, Filling, Texts, fill, near

UNLIKE: Final = f"arn:aws:probe:us-east-1:{ACCOUNT}:probe/unlike"
_EVERYWHERE: Final = (
    PLAIN,
    Filling("", "y"),
    Filling("*", "*"),
    Filling("?", "?"),
    Filling("${aws:username}", "$"),
    Filling("a/b", "/"),
    Filling("\u00e9\n\U0001f600", "\u00e9"),
)
_PARTITION: Final = 1
_HOME: Final = Filling("aws", "s")
"""The partition that fills wildcards: nothing is allowed across partitions (E9)."""

_COLONS: Final = Filling("a:b", ":")
_FIELDS: Final = 6
_FIELD_EDGES: Final = 3
_REST: Final[Pattern] = (AnyRun(),)


def base(resources: Resources, texts: Texts) -> str:
    """Return a resource that should match: one of the first entry, or one unlike every entry of NotResource."""
    if resources.negated:
        return UNLIKE
    return next((text for entry in resources.entries for text in met(entry, texts)), UNLIKE)


def short(resources: Resources, texts: Texts) -> Iterator[str]:
    """Yield the base without one of its fields, if colons in the values of variables can make up for it."""
    fields = base(resources, texts).split(":")
    if len(fields) > _FIELDS:
        yield from (_arn([*fields[:place], *fields[place + 1 :]]) for place in range(1, _FIELDS - 1))


def edges(entry: ResourceEntry, texts: Texts, random: Random) -> Iterator[str]:
    """Yield every resource at the edges of ``entry``."""
    yield from met(entry, texts)
    yield from missed(entry, texts, random)


def pair(entry: ResourceEntry, texts: Texts, random: Random) -> Iterator[str]:
    """Yield two resources that match ``entry``, one with plain fillings, and two that just miss it, as far as they exist."""
    hits, misses = list(met(entry, texts)), list(missed(entry, texts, random))
    yield from hits[:1]
    yield from random.sample(hits, min(1, len(hits)))
    yield from random.sample(misses, min(2, len(misses)))


def met(entry: ResourceEntry, texts: Texts) -> Iterator[str]:
    """Yield resources that ``entry`` should match; a `*` is also filled with nothing, `*`, a slash or a colon (R4, R6, R7, R12)."""
    match entry:
        case AnyResource():
            yield from ("*", UNLIKE)
        case ArnPattern(fields=fields):
            whole = _whole(fields)
            yield from (_arn(_filled(whole, filling, texts)) for filling in _EVERYWHERE)
            yield from (_crossing(whole, place, texts) for place in range(1, _FIELDS) if AnyRun() in whole[place])
        case Unmatchable(text=text):
            yield from _formed(text)


def filled(entry: ArnPattern, filling: Filling, texts: Texts) -> str:
    """Return a resource for ``entry`` with its wildcards filled."""
    return _arn(_filled(_whole(entry.fields), filling, texts))


def missed(entry: ResourceEntry, texts: Texts, random: Random) -> Iterator[str]:
    """Yield resources that ``entry`` should just miss, ``*`` alone included (R11)."""
    yield "*"
    if isinstance(entry, ArnPattern):
        fields = _whole(entry.fields)
        plain = _filled(fields, PLAIN, texts)
        for place in range(1, _FIELDS - 1):
            off = [fill(pattern, PLAIN, texts) for pattern in near(fields[place])]
            yield _replaced(plain, place, "" if plain[place] else PLAIN.run)
            yield from (_replaced(plain, place, text) for text in random.sample(off, min(_FIELD_EDGES, len(off))))
        for text in (*(fill(pattern, PLAIN, texts) for pattern in near(fields[-1])), "", *_other_paths(plain[-1])):
            yield _replaced(plain, _FIELDS - 1, text)
        yield f"{UNLIKE}/{_arn(plain)}"


def _replaced(fields: list[str], place: int, text: str) -> str:
    return _arn([*fields[:place], text, *fields[place + 1 :]])


def _other_paths(path: str) -> tuple[str, ...]:
    """Return ``path`` with a segment added and dropped at either end, and with a further colon field."""
    return (
        f"{path}/more",
        f"more/{path}",
        f"{path}:more",
        path.rpartition("/")[0],
        path.partition("/")[2],
        path.rpartition(":")[0],
        path.replace("/", "//", 1),
    )


def _whole(fields: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """Complete a short ARN with ``*`` (R5)."""
    return fields + (_REST,) * (_FIELDS - len(fields))


def _filled(fields: tuple[Pattern, ...], filling: Filling, texts: Texts) -> list[str]:
    return [fill(field, _HOME if place == _PARTITION else filling, texts) for place, field in enumerate(fields)]


def _crossing(fields: tuple[Pattern, ...], crossed: int, texts: Texts) -> str:
    """Fill one field so that its wildcards hold a colon, the others plainly (R7)."""
    return _replaced(_filled(fields, PLAIN, texts), crossed, fill(fields[crossed], _COLONS, texts))


def _arn(fields: list[str]) -> str:
    return ":".join(["arn", *fields[1:]])


def _formed(text: str) -> Iterator[str]:
    if text.startswith("arn:") and text.count(":") >= _FIELDS - 1:
        yield text
