"""Case (N1)."""


def fold(text: str) -> str:
    """Lower-case code point by code point, as OPA's ``lower`` does: only U+0130 has more than one in Python."""
    return text.lower() if text.isascii() else "".join("i" if each == "\u0130" else each.lower() for each in text)
