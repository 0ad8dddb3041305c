"""Bots that are connected and have nothing to do."""
