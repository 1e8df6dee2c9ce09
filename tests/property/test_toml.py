"""Whatever TOML is written, the tree has the values of `tomllib`, and each value is where the tree says."""

import tomllib
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from iam2rego.diagnostics import Code
from iam2rego.source import Source
from iam2rego.syntax.toml import parse_toml
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNumber, JsonObject, JsonString

_BARE: Final = ("a", "b-c", "d_1", "2", "true")
_QUOTED: Final = ('"a.b"', "'c d'", '""', '"\\u00e9"', "'#'", '"]"')
KEYS: Final = st.lists(st.sampled_from((*_BARE, *_QUOTED)), min_size=1, max_size=3).map(" . ".join)
SCALARS: Final = st.sampled_from(
    (
        *("true", "false", "0", "-1_0", "0xfF", "0o7", "+0.5e-3", "1e5", "inf", "-inf"),
        *('""', "''", '"a # b"', "'c:\\d'", '"\\" \\\\ \\t"', '"{claim.sub}"', '"""a "b"\n c\\\n  """', "'''\n'x' '''", '""""a"""""'),
    )
)
SPACE: Final = st.sampled_from(("", " ", "\t"))
LINE: Final = st.sampled_from(("\n", "\r\n", " # a \"comment' = [\n", "\n\n"))


def _array(items: list[str]) -> str:
    return "[" + ", # next\n  ".join(items) + (", " if len(items) > 1 else "") + "\n]"


def _inline(values: list[str]) -> str:
    return "{" + ", ".join(f"{key} = {value}" for key, value in zip("abcd", values, strict=False)) + "}"


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    on_a_line = inner.filter(lambda text: "\n" not in text)
    return st.lists(inner, max_size=3).map(_array) | st.lists(on_a_line, max_size=3).map(_inline)


VALUES: Final = st.recursive(SCALARS, _nested)
PAIRS: Final = st.builds("{1}{0} ={1}{2}{3}".format, KEYS, SPACE, VALUES, LINE)
TABLES: Final = st.builds("[{1}{0}{1}]{2}".format, KEYS, SPACE, LINE) | st.builds("[[{1}{0}{1}]]{2}".format, KEYS, SPACE, LINE)
TEXTS: Final = st.lists(PAIRS | TABLES, max_size=8).map("".join)


def plain(node: JsonNode, source: Source) -> object:
    """What a tree says, where each scalar is read from the place that it tells."""
    match node:
        case JsonObject(members=members):
            return {member.name: plain(member.value, source) for member in members}
        case JsonArray(items=items):
            return [plain(item, source) for item in items]
        case JsonString() | JsonBoolean() | JsonNumber():
            return tomllib.loads(f"v = {source.cut(node.span)}")["v"]
    return None


@given(TEXTS)
def test_the_values_are_those_of_tomllib_and_stand_where_the_tree_says(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    source = Source("f", text)
    assert plain(parse_toml(source, Code.BAD_GATEWAY), source) == wanted
