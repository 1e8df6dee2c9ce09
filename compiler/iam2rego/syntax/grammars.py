"""The only loader of grammars: they live in the top-level folder ``grammar/``, packaged as `iam2rego.grammar`."""

from typing import Any

from lark import Lark
from lark.lark import PostLex
from lark.visitors import Transformer


def load(name: str, *, start: list[str], lexer: str, transformer: Transformer[Any, Any], postlex: PostLex | None = None) -> Lark:
    """Return an LALR parser for ``grammar/<name>`` that calls ``transformer`` while it parses, without building a lark tree.

    These callbacks run one after the other, at each reduction, so deeply nested input does not deepen Python's stack.
    """
    return Lark.open_from_package(
        "iam2rego.grammar",
        name,
        parser="lalr",
        lexer=lexer,
        start=start,
        transformer=transformer,
        postlex=postlex,
        maybe_placeholders=False,
    )
