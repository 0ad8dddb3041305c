"""The fixture that an installed hiworker brings by itself."""

from __future__ import annotations

from hiworker.testing.plugin import hiworker_relay

__all__ = ["hiworker_relay"]
