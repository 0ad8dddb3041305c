"""What the tests of several examples need."""
