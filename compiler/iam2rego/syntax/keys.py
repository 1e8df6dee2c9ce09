"""When two names of condition keys are one (C2)."""


def fold(key: str) -> str:
    """Lower-case ``key`` code point by code point (N1): only U+0130 has a longer lower case in Python, whose first is the one meant."""
    return key.lower() if key.isascii() else "".join(character.lower()[0] for character in key)
