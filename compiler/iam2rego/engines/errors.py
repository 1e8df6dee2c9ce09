"""The ways in which an engine fails to decide."""


class EngineError(Exception):
    """An engine failed to decide. That is not a deny."""
