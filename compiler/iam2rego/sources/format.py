"""What a format is: a form in which a file can hold policies. Each format is a module of `iam2rego.sources.formats`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Kind
from iam2rego.sources.account_details import AccountDetails, Owner
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.files import TextFile
from iam2rego.sources.listed import Listed
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read.

    Attributes:
        kind: the kind of policy of documents in files of their own.
        lenient: whether the errors that AWS does not report are warnings.
        parameters: the values of ``<placeholders>``, and of names in templates.
    """

    kind: Kind
    lenient: bool
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name in a template that a parameter may give a value: where it is first needed, and its default; None if it must have a value."""

    name: str
    place: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file holds.

    Attributes:
        documents: its policy documents.
        attachments: who has them, or what the file says about an account, which may refer to other files; or the owner by its
            name. None if the file does not say who has them: then the kind of the policies says it, which is `--policy-type` on
            the command line.
        bound: the names of the parameters that gave values of the documents.
        wanted: the names that parameters may give values.
        listed: the policies of a template, plan or state, also those that are not among the documents; empty for other files.
    """

    documents: Sequence[RawDocument]
    attachments: Attachments | AccountDetails | Owner | None = None
    bound: frozenset[str] = frozenset()
    wanted: tuple[Wanted, ...] = ()
    listed: Sequence[Listed] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a file can hold policies.

    Attributes:
        name: what messages call a file of this format, with its article.
        known_by: the top-level members that make a file one of this format, as help shows them; empty if it holds no policies.
        recognises: says whether a parsed file has this format. At most one format may recognise a file that it can read.
        read: returns what a parsed file holds. What is wrong with one document is added to the problems, what makes the file
            unreadable is raised as a `PolicyError`.
    """

    name: str
    known_by: str
    recognises: Callable[[JsonNode], bool]
    read: Callable[[JsonNode, TextFile, Options, Problems], Extract]


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A form of files that may be too large for a tree with places, so they are known and read as texts, and before any tree is made.

    Attributes:
        name: as of a `Format`.
        known_by: as of a `Format`.
        marks: texts one of which is in every file of this format. Such a file may have `LARGEST_PLAN` bytes.
        recognises: says whether a text has this format. It must be quick for texts that do not.
        read: as of a `Format`.
    """

    name: str
    known_by: str
    marks: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[TextFile, Options, Problems], Extract]
