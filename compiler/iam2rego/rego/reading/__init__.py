"""What policies test, read from the intermediate representation: both layouts print it."""
