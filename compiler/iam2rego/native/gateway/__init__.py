"""Reads the questions of a gateway by its file: the twin of ``rego/lib/gateway``, written in plain Python from docs/gateway.md alone."""

from iam2rego.native.gateway.asked import Question
from iam2rego.native.gateway.question import answered, authorize_asked, question

__all__ = ["Question", "answered", "authorize_asked", "question"]
