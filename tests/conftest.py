"""What every test may ask for."""

import os
import signal
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from iam2rego.opa.binary import Binary, obtain
from iam2rego.scenarios.program import Program

pytest_plugins = ("pytester",)  # runs pytest in a folder of its own, for the tests of our plugin

# A job in the background of a shell, or one of nohup, is started with the signal ignored, and would start the commands under test so.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# One day of all tests: `check` tells how old the facts about AWS are.
os.environ["SOURCE_DATE_EPOCH"] = "1795000000"
# The colours that the user of a shell wants are for that user.
for variable in ("NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(variable, None)

# How long an example takes says nothing of what is tested. Whoever runs these tests in a process of theirs may have chosen a profile.
if settings.get_current_profile_name() == "default":
    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")

# Chosen by `make prove` with --hypothesis-profile.
settings.register_profile("fuzz", max_examples=1_500, deadline=None, database=None)

PATIENCE: Final = 600.0
"""Seconds after which nothing comes any more, however busy the machine is."""

_WAITS: Final = (
    "opa.binary._SECONDS_TO_ANSWER",
    "opa.toolchain._SECONDS_TO_ANSWER",
    "opa.command_line._SECONDS_TO_ANSWER",
    "opa.server._SECONDS_TO_START",
    "opa.sign._SECONDS_TO_SIGN",
    "opa.transport._SECONDS_TO_ANSWER",
)


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Lets the commands wait longer for other programs than they wait for users. Tests of a wait make it short for themselves."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _WAITS:
            patch.setattr(f"iam2rego.{name}", PATIENCE)
        patch.setattr(Program.__init__, "__defaults__", (PATIENCE,))
        yield


@pytest.fixture(scope="session")
def opa() -> Binary:
    """An OPA, found or built as the commands do it: no test is skipped for want of one."""
    return obtain(os.environ.get("IAM2REGO_OPA"), print)


@pytest.fixture(scope="session")
def pinned_opa() -> Binary:
    """The OPA whose `opa fmt` emitted Rego is held to; another version may format otherwise."""
    return obtain(os.environ.get("IAM2REGO_OPA"), print, pinned=True)
