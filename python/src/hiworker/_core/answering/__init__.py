"""From what a handler does to what the member reads."""
