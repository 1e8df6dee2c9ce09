"""Where policies, requests and scenarios come from: files, folders, policy sets, account exports and the standard input."""

from iam2rego.sources.loading import Loaded, load

__all__ = ["Loaded", "load"]
