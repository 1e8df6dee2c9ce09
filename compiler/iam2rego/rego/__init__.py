"""The Rego back end: compiles the intermediate representation to a bundle for Open Policy Agent.

`reading` determines what every statement tests. `modules` turns that into Rego trees, which `language` prints; `tables` turns it into
the data of the packed layout. `bundle` adds the runtime library in `lib`, the data and the manifest, and writes the output; `gateway`
adds the reading of a gateway's requests.
"""
