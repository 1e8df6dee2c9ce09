"""The front end: parses JSON text to a tree with places, lowers the tree to the IR, and reports every problem."""
