"""The version, which is that of the server it was released with."""

__version__ = "1.0.0"
