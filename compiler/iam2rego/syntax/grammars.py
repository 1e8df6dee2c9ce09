"""The only loader of grammars: they live in the top-level folder ``grammar/``, packaged as `iam2rego.grammar`."""

import sys
from typing import Any

from lark import Lark
from lark.lark import PostLex
from lark.visitors import Transformer

from iam2rego.cache_dir import cache_folder, is_made_ours, is_only_ours


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
        cache=_tables(name),
    )


def _tables(name: str) -> str | bool:
    """Return the file in which lark keeps the tables of a grammar, which take a tenth of a short command to make; False if there is none.

    Lark unpickles what it finds there, so nobody else may write to the file or the folder. It makes the tables again if
    the file is damaged, or of another grammar, lark or Python.
    """
    folder = cache_folder()
    if folder is None or not is_made_ours(folder):
        return False
    file = folder / f"{name}.{sys.implementation.cache_tag}"
    return str(file) if not file.exists() or is_only_ours(file.stat()) else False
