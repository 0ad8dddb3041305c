"""Calls that hiworker makes to a bot: believing them, and answering each once."""
