"""What a document and its statements consist of."""
