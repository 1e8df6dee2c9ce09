"""The command line: one module a command, options in `options`, what people and programs read in `output`."""
