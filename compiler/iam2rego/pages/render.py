"""Renders templates."""

import base64
import hashlib
import re
from collections.abc import Sequence
from enum import Enum
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from iam2rego import __version__
from iam2rego.pages.highlight import highlighted, visible, worded


class Standing(Enum):
    """What a page says in one sign; the name is that of its style."""

    AGREE = "✓"
    UNSURE = "○"
    DISAGREE = "✗"

    @property
    def style(self) -> str:
        """The name in the style sheet."""
        return self.name.lower()


_REVISION: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")


def html(template: str, command: str, named: Sequence[str], *, standing: Standing, **values: Any) -> str:
    """Return a page.

    Args:
        template: its template, which extends `base.html`.
        command: the command that makes it, such as ``conform``.
        named: what the command was given, as the user named it.
        standing: whether there is something to look at.
        values: what else the template shows.
    """
    policy = f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; base-uri 'none'; form-action 'none'"
    shared: dict[str, Any] = {"version": __version__, "style": _STYLE, "script": _SCRIPT, "content_security": policy}
    return _TEMPLATES.get_template(template).render(command=command, named=named, standing=standing, **shared, **values)


def fragment(template: str, **values: Any) -> Markup:
    """Return a part of a page."""
    return Markup(_TEMPLATES.get_template(template).render(**values))


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _short(text: str) -> str:
    """Shorten the revisions in a text, as Git does."""
    return _REVISION.sub(r"\1", text)


def _text(name: str) -> Markup:
    return Markup(resources.files(__package__).joinpath("templates", name).read_text("utf-8"))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_TEMPLATES: Final = Environment(
    loader=PackageLoader(__package__),
    autoescape=True,
    finalize=_shown,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(highlighted=highlighted, worded=worded, short=_short)
_STYLE: Final = _text("page.css")
_SCRIPT: Final = _text("page.js")
