"""Policy documents."""

from collections.abc import Iterable
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from iam2rego.ir.policy import Kind
from iam2rego.jsontext import JsonValue
from iam2rego.strategies.statements import JsonObject, statements
from iam2rego.syntax.forms import FORMS

_VERSIONS: Final = ("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", None)
_MOST: Final = 3


@st.composite
def policies(draw: DrawFn, kind: Kind = Kind.IDENTITY, *, lenient: bool = False) -> JsonObject:
    """Draw a policy document of ``kind``, with the elements of that kind: a resource-based policy has principals, and so on.

    Args:
        draw: given by Hypothesis.
        kind: the kind of document.
        lenient: whether it may contain what AWS refuses and `--lenient` accepts.
    """
    form = FORMS[kind]
    made: JsonObject = {}
    version = "2012-10-17" if form.needs_version else draw(st.sampled_from(_VERSIONS))
    if version is not None:
        made["Version"] = version
    if form.has_id and draw(st.booleans()):
        made["Id"] = draw(st.sampled_from(["i", ""]))
    drawn = draw(st.lists(statements(kind, lenient=lenient), min_size=1, max_size=_MOST))
    several: list[JsonValue] = _with_unique_sids(drawn) if form.iam and not lenient else [*drawn]
    made["Statement"] = several[0] if len(several) == 1 and draw(st.booleans()) else several
    return made


def _with_unique_sids(drawn: Iterable[JsonObject]) -> list[JsonValue]:
    """Leave out Sids that an earlier statement has, since IAM wants them unique (G6)."""
    kept: list[JsonValue] = []
    seen: set[JsonValue] = set()
    for statement in drawn:
        sid = statement.get("Sid")
        kept.append({name: value for name, value in statement.items() if name != "Sid" or not sid or sid not in seen})
        seen |= {sid} if isinstance(sid, str) else set()
    return kept
