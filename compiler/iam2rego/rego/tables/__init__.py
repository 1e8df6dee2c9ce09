"""The packed layout: turns the readings of statements into JSON tables, which a kernel in the runtime library reads."""
