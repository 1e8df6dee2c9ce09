"""Folders that `cdk synth` writes: which files are the templates of stacks, and the accounts and regions of these."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from iam2rego.diagnostics import PolicyError
from iam2rego.jsontext import JsonTextError, loads
from iam2rego.sources.files import Place, read

_MANIFEST: Final = "manifest.json"
_STACK: Final = "aws:cloudformation:stack"
_NESTED: Final = ".nested.template.json"
_ENVIRONMENT: Final = re.compile(r"aws://([0-9]{12}|[^/]*)/([^/]+)")


class Assemblies:
    """Chooses among the files of a folder.

    Attributes:
        passed_over: the number of files that are no templates of stacks, and lie beside such.
        environments: the account and the region of each template, as far as they are known, by its path.
    """

    def __init__(self) -> None:
        self.passed_over = 0
        self.environments: dict[str, tuple[tuple[str, str], ...]] = {}

    def templates(self, places: list[Place]) -> list[Place]:
        """Return the places without those that lie beside the templates of the CDK; files of other folders stay."""
        stacks = {folder: _stacks(artifacts) for folder, artifacts in _manifests(places)}
        chosen = [place for place in places if self._is_wanted(place, stacks)]
        self.passed_over += len(places) - len(chosen)
        return chosen

    def _is_wanted(self, place: Place, stacks: Mapping[PurePosixPath, Mapping[str, str]]) -> bool:
        path = PurePosixPath(place.file)
        folder = next((each for each in path.parents if each in stacks), None)
        if folder is None:
            return True
        name = str(path.relative_to(folder))
        environment = stacks[folder].get(name)
        if environment is not None:
            self.environments[place.shown] = tuple(_names(environment))
        return environment is not None or name.endswith(_NESTED)


def _manifests(places: list[Place]) -> Iterator[tuple[PurePosixPath, Mapping[str, Any]]]:
    """Yield the folders that the CDK wrote, with the artifacts that their manifests name."""
    for place in places:
        if PurePosixPath(place.file).name == _MANIFEST and len(places) > 1:
            manifest = _loaded(place)
            if isinstance(manifest, dict) and "version" in manifest and isinstance(artifacts := manifest.get("artifacts"), dict):
                yield PurePosixPath(place.file).parent, artifacts


def _loaded(place: Place) -> object:
    try:
        return loads(read(place).source.text)
    except (PolicyError, JsonTextError):  # it is read again as a policy, and refused then
        return None


def _stacks(artifacts: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the environments of stacks by the names of their templates."""
    found: dict[str, str] = {}
    for each in artifacts.values():
        if isinstance(each, dict) and each.get("type") == _STACK and isinstance(properties := each.get("properties"), dict):
            name, environment = properties.get("templateFile"), each.get("environment")
            if isinstance(name, str):
                found[name] = environment if isinstance(environment, str) else ""
    return found


def _names(environment: str) -> Iterator[tuple[str, str]]:
    """Yield the pseudo parameters that ``aws://ACCOUNT/REGION`` tells; `unknown-account` and `unknown-region` tell nothing."""
    match = _ENVIRONMENT.fullmatch(environment)
    for name, value in zip(("AWS::AccountId", "AWS::Region"), match.groups() if match else (), strict=False):
        if not value.startswith("unknown-"):
            yield name, value
