"""Networks of their own for processes: Linux network namespaces, and cables between them (network_namespaces(7))."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CLONE_NEWNET = 0x40000000
# Namespaces belong to threads, not to processes.
_OWN = "/proc/thread-self/ns/net"


class Network:
    """A network namespace, which lives as long as this or a process in it does. Has nothing but its loopback."""

    def __init__(self) -> None:
        before = os.open(_OWN, os.O_RDONLY)
        try:
            _call("unshare", _CLONE_NEWNET)
            self._namespace = os.open(_OWN, os.O_RDONLY)
        finally:
            _call("setns", before, _CLONE_NEWNET)
            os.close(before)
        self.ip("link", "set", "lo", "up")

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Within it, this thread opens sockets and starts processes in the namespace. They stay there."""
        before = os.open(_OWN, os.O_RDONLY)
        _call("setns", self._namespace, _CLONE_NEWNET)
        try:
            yield
        finally:
            _call("setns", before, _CLONE_NEWNET)
            os.close(before)

    def ip(self, *arguments: str) -> None:
        """Runs ip(8) in it."""
        with self.inside():
            subprocess.run(["ip", *arguments], check=True, capture_output=True)

    def lay_cable(self, name: str, other: Network, other_name: str) -> None:
        """A cable from an interface here to one there; both are down yet."""
        there = f"/proc/{os.getpid()}/fd/{other._namespace}"
        self.ip("link", "add", name, "type", "veth", "peer", "name", other_name, "netns", there)

    def close(self) -> None:
        os.close(self._namespace)


def reason_against_networks() -> str | None:
    """Why no networks can be made here; None where they can."""
    if not Path(_OWN).exists() or not shutil.which("ip"):
        return "network namespaces are made with Linux and ip(8)"
    try:
        Network().close()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"making network namespaces is not permitted: {error}"
    return None


def _call(name: str, *arguments: int) -> None:
    """A call of libc; Python has these two from 3.12 on only."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
