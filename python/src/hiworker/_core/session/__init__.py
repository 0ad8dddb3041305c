"""One bot's conversation with the relay, over one connection after the other and, during a drain, over two."""
