"""``python -m hiworker``: trying and running a bot's file."""
