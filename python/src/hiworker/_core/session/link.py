"""One connection, as the session sees it."""

from __future__ import annotations


class Link:
    """An open connection to the relay, from the upgrade to its end."""

    __slots__ = ("bot", "declaring", "draining", "number", "resending", "served_since")

    def __init__(self, number: int) -> None:
        self.number = number
        self.bot = ""
        """Its id, as the relay says it."""
        self.served_since: float | None = None
        """When the relay said hello."""
        self.draining = False
        """Whether the relay is about to close it."""
        self.declaring = False
        """Whether the commands were sent over it and not answered yet."""
        self.resending = False
        """Whether replies that the relay could not take just now wait to be sent again."""
