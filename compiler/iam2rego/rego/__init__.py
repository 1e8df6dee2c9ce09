"""The Rego back end: compiles the intermediate representation to a bundle for Open Policy Agent.

`reading` determines what every statement tests. `modules` turns that into Rego trees, which `language` prints; `tables` turns it into
the data of the packed layout. `bundle` adds the runtime library in `lib`, the data and the manifest, and writes the output; `gateway`
adds the reading of a gateway's requests.
"""

from iam2rego.rego.bundle.assemble import Bundle, archive, assemble, compile_policies, merge, module_paths
from iam2rego.rego.bundle.built import is_built, read_bundle
from iam2rego.rego.bundle.deltas import delta, read_packed
from iam2rego.rego.bundle.layouts import MOST_AS_MODULES, Layout
from iam2rego.rego.bundle.mask import masking
from iam2rego.rego.bundle.oci import TAG, layout, layout_files
from iam2rego.rego.bundle.output import (
    OutputError,
    archive_name,
    bundle_files,
    differing_files,
    placed,
    refuse_foreign,
    write,
    write_archives,
    write_files,
)
from iam2rego.rego.bundle.partition import KERNEL, By, partitioned
from iam2rego.rego.bundle.unit import Unit
from iam2rego.rego.gateway.settings import with_gateway

__all__ = [
    "KERNEL",
    "MOST_AS_MODULES",
    "TAG",
    "Bundle",
    "By",
    "Layout",
    "OutputError",
    "Unit",
    "archive",
    "archive_name",
    "assemble",
    "bundle_files",
    "compile_policies",
    "delta",
    "differing_files",
    "is_built",
    "layout",
    "layout_files",
    "masking",
    "merge",
    "module_paths",
    "partitioned",
    "placed",
    "read_bundle",
    "read_packed",
    "refuse_foreign",
    "with_gateway",
    "write",
    "write_archives",
    "write_files",
]
