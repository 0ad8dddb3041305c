"""Two packages for bots, one after the other on the same machine, with the same work."""
