"""From a function's signature to the command that it declares."""
