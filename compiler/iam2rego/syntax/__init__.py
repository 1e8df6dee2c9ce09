"""The front end: JSON text to a tree with places, the tree to the intermediate representation, every problem reported."""
