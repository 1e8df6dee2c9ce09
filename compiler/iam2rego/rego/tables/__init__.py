"""The packed layout: policies as tables, which a kernel in the runtime library reads. They are the readings of statements as JSON."""
