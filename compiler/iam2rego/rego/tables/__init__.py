"""The packed layout: policies as tables, which a kernel of the runtime library reads in the place of modules (`lib/tables.rego`)."""
