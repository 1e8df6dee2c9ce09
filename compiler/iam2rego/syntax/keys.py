"""Folds the case of condition keys, which are case-insensitive (C2)."""


def fold(key: str) -> str:
    """Lower-case ``key`` code point by code point (N1). Python lower-cases U+0130 to two code points; the first one is used."""
    return key.lower() if key.isascii() else "".join(character.lower()[0] for character in key)
