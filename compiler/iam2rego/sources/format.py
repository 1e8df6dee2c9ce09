"""What a format is: a form in which a file can hold policies. Each format is a module of `iam2rego.sources.formats`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Kind
from iam2rego.sources.account_details import AccountDetails
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.files import TextFile
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file holds.

    Attributes:
        documents: its policy documents.
        attachments: who has them, or what the file says about an account, which may refer to other files. None if the file
            does not say who has them: then the kind of the policies says it, which is `--policy-type` on the command line.
    """

    documents: Sequence[RawDocument]
    attachments: Attachments | AccountDetails | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a file can hold policies.

    Attributes:
        name: what messages call a file of this format, with its article.
        known_by: the top-level members that make a file one of this format, as help shows them; empty if it holds no policies.
        recognises: says whether a parsed file has this format. At most one format may recognise a file that it can read.
        read: returns what a parsed file holds. The kind is that of documents that do not say it themselves. What is wrong
            with one document is added to the problems, what makes the file unreadable is raised as a `PolicyError`.
    """

    name: str
    known_by: str
    recognises: Callable[[JsonNode], bool]
    read: Callable[[JsonNode, TextFile, Kind, Problems], Extract]
