"""Whatever code, tests, emitted Rego and documents cite exists: rules, diagnostic codes, files, modules and sections."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

CHECKOUT: Final = Path(__file__).parents[2]
_FOLDERS: Final = ("compiler", "grammar", "rego_out", "tests", "docs", "examples")
_KINDS: Final = frozenset({".py", ".rego", ".lark", ".md", ".jsonl"})
_RULE: Final = re.compile(r"(?<![\w%\\])[ACDEGLNPRTVX][1-9][0-9]?\b(?![/-]\d)")
_STATED: Final = re.compile(r"^\| \*\*([A-Z]\d+)\*\* \|", re.MULTILINE)
_CODE: Final = re.compile(r"\bIAM\d{3}\b")
_EXPLAINED: Final = re.compile(r"^#+ .*?\b(IAM\d{3})\b", re.MULTILINE)
_FENCED: Final = re.compile(r"^```.*?^```$|^<!-- save: \S+ -->$", re.MULTILINE | re.DOTALL)
_SOURCE: Final = re.compile(r"(?<![\w/.{}*<>$:-])(?!iam2rego\.)(?:\.\./)*((?:[\w.-]+/)*\w[\w-]*\.(?:md|py|rego|lark))(?![\w/(]|\.\w)")
_PATH: Final = re.compile(r"(?<![\w/.{}*<>$:-])((?:docs|examples|tests|compiler|grammar|rego_out)/[\w./-]*[\w/])(?![{*<]|\.\*)")
_FOLDER: Final = re.compile(r"`(?:\.\./)*((?:[\w.-]+/)+)`")
_MODULE: Final = re.compile(r"\biam2rego((?:\.[a-z_]+)+)\b(?![/(-])")
_NUMBERED: Final = re.compile(r"(RFC \d+,\s+)?(?:\b[Ss]ections?\s+|§\s*)\d[\d.]*")
_QUOTED: Final = re.compile(r'([\w/.-]+\.md,\s+)?\bsection\s+"[^"]+"')
_HEADING: Final = re.compile(r'([\w/.-]+\.md),\s+(?:section\s+)?"([^"]+)"')


@cache
def files() -> frozenset[Path]:
    """The texts of the checkout that people read, without what a build or a cache has left."""
    below = (path for folder in _FOLDERS for path in (CHECKOUT / folder).rglob("*") if path.suffix in _KINDS)
    beside = (path for kind in ("*.md", "*.toml", "*.yml", "*.py", "Makefile") for path in CHECKOUT.glob(kind))
    return frozenset(path for path in (*below, *beside) if path.is_file())


@cache
def known_paths() -> frozenset[str]:
    """Every end of every path in the checkout: ``docs/pictures``, ``pictures``."""
    found = (path.relative_to(CHECKOUT) for folder in _FOLDERS for path in (CHECKOUT / folder, *(CHECKOUT / folder).rglob("*")))
    paths = [path.parts for path in (*found, *(path.relative_to(CHECKOUT) for path in CHECKOUT.glob("*")))]
    return frozenset("/".join(parts[start:]) for parts in paths for start in range(len(parts)))


@cache
def prose(path: Path) -> str:
    """Return what a file says to people: documents without code and names of files to save, code as comments and docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return _FENCED.sub("", text)
    if path.suffix == ".py":
        return "\n".join((*docstrings(text), *comments(text)))
    return "\n".join(line.strip().lstrip("#/ ") for line in text.splitlines() if line.lstrip().startswith(("#", "//")))


def docstrings(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.lstrip("# ")


@cache
def headings(document: str) -> frozenset[str]:
    path = CHECKOUT / document
    return frozenset(re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)) if path.is_file() else frozenset()


@cache
def stated_rules() -> frozenset[str]:
    return frozenset(_STATED.findall((CHECKOUT / "docs" / "semantics.md").read_text(encoding="utf-8")))


@cache
def explained_codes() -> frozenset[str]:
    documents = (CHECKOUT / "docs").glob("**/*diagnostics*/**/*.md"), (CHECKOUT / "docs").glob("*diagnostics*.md")
    return frozenset(code for found in documents for path in found for code in _EXPLAINED.findall(path.read_text(encoding="utf-8")))


def unknown_rules(path: Path) -> Iterable[str]:
    return set(_RULE.findall(path.read_text(encoding="utf-8"))) - stated_rules() if path.suffix in _KINDS else ()


def unknown_codes(path: Path) -> Iterable[str]:
    return set(_CODE.findall(path.read_text(encoding="utf-8"))) - explained_codes()


def unknown_paths(path: Path) -> Iterable[str]:
    cited = {name for pattern in (_SOURCE, _PATH, _FOLDER) for name in pattern.findall(prose(path))}
    return {name for name in cited if name.rstrip("/") not in known_paths() and not name.startswith(".")}


def unknown_modules(path: Path) -> Iterable[str]:
    places = {name.replace(".", "/").strip("/") for name in _MODULE.findall(prose(path))}
    return {place for place in places if not {place, f"{place}.py"} & known_paths()}


def unknown_sections(path: Path) -> Iterator[str]:
    text = prose(path)
    yield from (found[0] for found in _NUMBERED.finditer(text) if not found[1])
    yield from (found[0] for found in _QUOTED.finditer(text) if not found[1])
    for document, heading in _HEADING.findall(text):
        if heading not in headings(document):
            yield f"{document}, {heading}"


@pytest.mark.parametrize("unknown", [unknown_rules, unknown_codes, unknown_paths, unknown_modules, unknown_sections])
def test_what_is_cited_exists(unknown: Callable[[Path], Iterable[str]]) -> None:
    found = {path.relative_to(CHECKOUT).as_posix(): sorted(unknown(path)) for path in sorted(files())}
    assert [f"{path}: {', '.join(cited)}" for path, cited in found.items() if cited] == []
