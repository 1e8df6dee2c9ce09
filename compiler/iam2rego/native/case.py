"""Letter case (N1)."""


def fold(text: str) -> str:
    """Lower-case ``text`` one code point at a time, without context, each to one code point (N1)."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


def _lower(character: str) -> str:
    # U+0130 is the one character whose full lower case has two code points (i and a combining dot); its simple mapping is i.
    return character.lower()[0]
