"""Commands whose options are the fields of a class.

A command is a function of one argument. The fields of that argument's class are the options, in the order of the help. A field
that is itself such a class groups options that several commands share, under the class's heading.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar, dataclass_transform, get_type_hints

import click

from iam2rego.cli.shared.completing import codes, files, folders

SETTINGS: Final = {"help_option_names": ["-h", "--help"], "show_default": True, "max_content_width": 120}
"""How every command prints its help."""

Options = TypeVar("Options")
Choices = TypeVar("Choices", bound=StrEnum)
_Sections: TypeAlias = Mapping[str, list[click.Parameter]]

_COMPLETED: Final = {
    **dict.fromkeys(
        ("FILE", "SOURCE", "SOURCE...", "SCENARIOS...", "PROGRAM", "LOGS", "OLD", "KEYFILE", "GATEWAY", "NAME=VALUE|FILE"), files
    ),
    **dict.fromkeys(("DIR", "[DIR]"), folders),
    **dict.fromkeys(("CODE", "CODES"), codes),
}
"""What completes values, by their names in the help."""

_ARGUMENTS: Final = "Arguments"
_OPTIONS: Final = "Options"


class Choice(click.Choice[Choices]):
    """One of an enumeration's values; click alone would take the names of its members."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Return the text that names a choice on the command line."""
        return super().normalize_choice(str(choice.value) if isinstance(choice, StrEnum) else choice, ctx)


class _Argument(click.Argument):
    """An argument with a line of help, which click has from 8.5 on."""

    def __init__(self, name: str, explanation: str, **settings: Any) -> None:
        super().__init__([name], **settings)
        self._explanation = explanation

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        return self.make_metavar(ctx), self._explanation


class _Command(click.Command):
    """A command that prints its options in sections."""

    def __init__(self, sections: _Sections, callback: Callable[..., None], explanation: str) -> None:
        params = [each for section in sections.values() for each in section]
        super().__init__(None, context_settings=SETTINGS, callback=callback, params=params, help=explanation)
        self._sections = sections

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of every section; `--help` is among the options that have no group."""
        sections = {_ARGUMENTS: (), _OPTIONS: (), **self._sections}
        help_option = self.get_help_option(ctx)
        for heading, params in sections.items():
            also = [help_option] if heading == _OPTIONS and help_option else []
            if records := [record for each in (*params, *also) if (record := each.get_help_record(ctx))]:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: arguments are a section of `format_options`."""


@dataclass_transform(frozen_default=True)
def options(declared: type[Options]) -> type[Options]:
    """Make a class of options, whose fields are declared by `option`, `argument`, `group` and what is made of these."""
    return dataclass(frozen=True)(declared)


def option(*names: str, default: Any = None, **settings: Any) -> Any:
    """Declare a field as an option; ``settings`` are those of `click.Option`."""
    if settings.get("multiple"):
        default = ()
    settings = {**_completed(settings.get("metavar")), **settings}
    return _parameter(default, lambda name: click.Option([name, *names], default=default, **settings))


def flag(*names: str, explanation: str) -> Any:
    """Declare a field as an option without a value."""
    return option(*names, default=False, is_flag=True, help=explanation)


def choice(*names: str, default: Choices, explanation: str, metavar: str | None = None) -> Any:
    """Declare a field as an option with the values of an enumeration, of which ``default`` is one."""
    return option(*names, default=default.value, type=Choice(type(default)), metavar=metavar, help=explanation)


def argument(metavar: str, explanation: str, **settings: Any) -> Any:
    """Declare a field as an argument; ``settings`` are those of `click.Argument`."""
    settings = {"required": True, **_completed(metavar), **settings}
    return _parameter(None, lambda name: _Argument(name, explanation, metavar=metavar, **settings))


def group(shared: type[Any]) -> Any:
    """Declare a field as the options that ``shared`` has."""
    return field(default_factory=shared, metadata={"group": shared})


def _completed(metavar: str | None) -> dict[str, Any]:
    """Let the shell complete what the help says that there is."""
    return {"shell_complete": _COMPLETED[metavar]} if metavar in _COMPLETED else {}


def _parameter(default: Any, made: Callable[[str], click.Parameter]) -> Any:
    return field(default=default, metadata={"parameter": made})


def command(function: Callable[[Options], None]) -> click.Command:
    """Return the command that reads the options of ``function`` from the command line; its help is the docstring."""
    declared = next(iter(get_type_hints(function).values()))

    def called(**values: Any) -> None:
        try:
            function(_filled(declared, values))
        except click.UsageError as refusal:
            refusal.ctx = refusal.ctx or click.get_current_context()
            raise

    sections: dict[str, list[click.Parameter]] = {}
    for heading, each in _parameters(declared):
        sections.setdefault(_ARGUMENTS if isinstance(each, click.Argument) else heading, []).append(each)
    return _Command(sections, called, function.__doc__ or "")


def _parameters(declared: type[Any], heading: str = _OPTIONS) -> Iterator[tuple[str, click.Parameter]]:
    for each in fields(declared):
        if shared := each.metadata.get("group"):
            yield from _parameters(shared, shared.heading)
        else:
            yield heading, each.metadata["parameter"](each.name)


def _filled(declared: type[Any], values: Mapping[str, Any]) -> Any:
    """Make an object of the class ``declared`` of the values of all options, by the names of their fields."""
    return declared(**{each.name: _value(each.metadata.get("group"), each.name, values) for each in fields(declared)})


def _value(shared: type[Any] | None, name: str, values: Mapping[str, Any]) -> Any:
    return _filled(shared, values) if shared else values[name]
