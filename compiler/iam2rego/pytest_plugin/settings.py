"""Reads the plugin's options, and obtains the session's OPA."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from iam2rego.engines.engine import Engine
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.opa import OpaError
from iam2rego.opa.binary import Binary, obtain
from iam2rego.sources.parameters import parameters
from iam2rego.sources.tested import PolicyFiles

_OBTAINED = pytest.StashKey[Binary | OpaError]()
_TESTED = pytest.StashKey[PolicyFiles]()


def bound(config: pytest.Config) -> Mapping[str, str]:
    """Return the parameters of the file that ``iam2rego_params`` names; raise a `PolicyError` if it cannot be used."""
    return parameters(_params(config))


def reading_options(config: pytest.Config) -> list[str]:
    """Return the options that make the program `iam2rego` read scenarios the same way."""
    named = {"--params": _params(config), "--policies": _policies(config)}
    return [word for option, paths in named.items() for path in paths for word in (option, path)]


def tested(config: pytest.Config) -> PolicyFiles:
    """Return what loads the policies of scenarios that hold none, once for all files of the session; raise as `bound`."""
    if _TESTED not in config.stash:
        config.stash[_TESTED] = PolicyFiles(parameters=bound(config), usual=tuple(_policies(config)))
    return config.stash[_TESTED]


def _params(config: pytest.Config) -> list[str]:
    """Return the path of the parameter file, if one is named; it is relative to the configuration file."""
    named = config.getini("iam2rego_params")
    return [os.path.relpath(config.rootpath / named)] if named else []


def _policies(config: pytest.Config) -> list[str]:
    """Return the paths of the usual sources, which are relative to the configuration file, too."""
    return [os.path.relpath(config.rootpath / named) for named in config.getini("iam2rego_policies")]


@contextmanager
def engines(config: pytest.Config, units: Sequence[PolicySet]) -> Iterator[list[Engine]]:
    """Yield the engines that ``iam2rego_engines`` names, which decide for ``units``; raise an `OpaError` if there is no OPA."""
    names = config.getini("iam2rego_engines")
    found: list[Engine] = [NativeEngine(units)] if "native" in names else []
    with ExitStack() as stack:
        if "opa" in names:
            found.append(stack.enter_context(OpaEngine(_binary(config), units)))
        yield found


def _binary(config: pytest.Config) -> Binary:
    """Obtain OPA once: a failed build takes long, and every scenario would repeat it."""
    if _OBTAINED not in config.stash:
        try:
            config.stash[_OBTAINED] = obtain(
                config.getini("iam2rego_opa") or os.environ.get("IAM2REGO_OPA"), logging.getLogger("iam2rego").info
            )
        except OpaError as failure:
            config.stash[_OBTAINED] = failure
    if isinstance(found := config.stash[_OBTAINED], OpaError):
        raise found
    return found
