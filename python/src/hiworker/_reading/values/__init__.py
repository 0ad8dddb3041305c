"""The values of tokens: a reader for each type."""
