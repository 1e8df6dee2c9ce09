"""Pages for a browser: each self-contained, with one style, readable without scripts, in the dark, on paper and by a screen reader.

`html` renders a template of `templates/`, and escapes all text from elsewhere.
"""

from iam2rego.pages.render import Standing, fragment, html

__all__ = ["Standing", "fragment", "html"]
