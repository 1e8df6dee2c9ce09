"""Makes pages of the documents outside docs/, and of every file that a document links to.

README.md is the home page. Everything else outside docs/ is in the folder `repository` of the site: documents as they are, other files as
code, and folders as lists of their files.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_ROOT: Final = Path(__file__).resolve().parents[2]
_DOCS: Final = _ROOT / "docs"
_LINK_OR_CODE: Final = re.compile(r"^```.*?^```$|(?<=\]\()(?!\w+:)([^)#\s]+)(?=[)#])", re.MULTILINE | re.DOTALL)
_EMPTY_HEAD: Final = re.compile(r"<thead>\s*<tr>\s*(?:<th></th>\s*)+</tr>\s*</thead>")
_EMPTY_HEADER: Final = re.compile(r"<th((?: style=\"[^\"]*\")?)></th>")
_UNSEARCHED: Final = "---\nsearch:\n  exclude: true\n---\n"
_SHOWN: Final = 20_000
"""How many characters of a file a page shows."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for README.md, for each file outside docs/ that a page links to, and for those that these link to."""
    found = {_ROOT / "README.md"}
    waiting = [*found, *(Path(file.abs_src_path) for file in files.documentation_pages() if file.abs_src_path)]
    while waiting:
        new = {path for path in _linked(waiting.pop()) if not path.is_relative_to(_DOCS)} - found
        found |= new
        waiting += new
    for path in sorted(found):
        files.append(File.generated(config, _page(path), content=_content(path)))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Let the links of a page lead to pages."""
    uri = page.file.src_uri

    def moved(target: str) -> str:
        path = _resolved(_source(uri), target)
        return posixpath.relpath(_page(path), posixpath.dirname(uri)) if path.exists() else target

    return _with_links(markdown, moved)


def on_page_content(html: str, **_: object) -> str:
    """Leave out heads of tables that are empty, and let an empty cell beside others head nothing."""
    return _EMPTY_HEADER.sub(r"<td\1></td>", _EMPTY_HEAD.sub("", html))


def on_post_page(output: str, **_: object) -> str:
    """Give the search a name, which screen readers say."""
    return output.replace('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"')


def _linked(path: Path) -> Iterator[Path]:
    """Yield what a document links to, as far as it is in this checkout."""
    if path.suffix == ".md":
        targets: list[str] = []
        _with_links(path.read_text(encoding="utf-8"), lambda target: targets.append(target) or target)
        yield from (resolved for target in targets if (resolved := _resolved(path, target)).exists())


def _with_links(markdown: str, moved: Callable[[str], str]) -> str:
    return _LINK_OR_CODE.sub(lambda found: moved(found[1]) if found[1] else found[0], markdown)


def _resolved(document: Path, target: str) -> Path:
    """Return what a link leads to; for a folder with a README.md that is the README.md."""
    path = (document.parent / target).resolve()
    return path / "README.md" if (path / "README.md").is_file() else path


def _page(path: Path) -> str:
    """Return where the page of a file is, below the site's documents."""
    if path == _ROOT / "README.md":
        return "index.md"
    if path.is_relative_to(_DOCS):
        return path.relative_to(_DOCS).as_posix()
    ending = "" if path.suffix == ".md" else ".md"
    return f"repository/{path.relative_to(_ROOT).as_posix()}{ending}"


def _source(uri: str) -> Path:
    """Return the document of a page."""
    if uri == "index.md":
        return _ROOT / "README.md"
    return _ROOT / uri.removeprefix("repository/") if uri.startswith("repository/") else _DOCS / uri


def _content(path: Path) -> str:
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    name = path.relative_to(_ROOT).as_posix()
    if path.is_dir():
        names = sorted(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        return f"{_UNSEARCHED}# {name}\n\nThe files of this folder:\n\n" + "".join(f"- `{each}`\n" for each in names)
    text = path.read_text(encoding="utf-8")
    rest = "" if len(text) <= _SHOWN else "\n\nThe rest is in the repository.\n"
    return f"{_UNSEARCHED}# {name}\n\n````{path.suffix[1:]}\n{text[:_SHOWN].rstrip()}\n````\n{rest}"
