"""What a checked graph is turned into, one room a language."""
