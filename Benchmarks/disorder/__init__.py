"""A steady stream of messages, and everything that can go wrong between a server and its bots."""
