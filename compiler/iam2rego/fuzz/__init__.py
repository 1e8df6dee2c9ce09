"""Decides random policy sets and requests on both engines, and shrinks a disagreement (needs the extra `random`)."""
