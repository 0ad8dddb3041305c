"""What Linux knows of a connection's other end: whether the server has read what was sent (sock_diag(7))."""

from __future__ import annotations

import socket
import struct
import time

_NETLINK_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_NLM_F_REQUEST = 1
_NLMSG_ERROR = 2
_ALL_STATES = _NO_COOKIE = 0xFFFFFFFF
_HEADER = struct.Struct("=IHHII")
# struct inet_diag_msg up to idiag_rqueue: four bytes, the 48 of the id, the expiry.
_BEFORE_QUEUE = 4 + 48 + 4


def unread_bytes(server_port: int, client_port: int) -> int | None:
    """Bytes that a server on 127.0.0.1 has not read of a connection yet; None when nobody knows."""
    try:
        return _ask(server_port, client_port)
    except (AttributeError, OSError):
        # No Linux, or one that does not tell. A moment is most likely enough.
        time.sleep(0.002)
        return None


def _ask(server_port: int, client_port: int) -> int | None:
    loopback = socket.inet_aton("127.0.0.1") + bytes(12)
    ports = struct.pack("!HH", server_port, client_port)
    connection = ports + loopback * 2 + struct.pack("=III", 0, _NO_COOKIE, _NO_COOKIE)
    request = struct.pack("=BBBBI", socket.AF_INET, socket.IPPROTO_TCP, 0, 0, _ALL_STATES) + connection
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, _NETLINK_SOCK_DIAG) as kernel:
        header = _HEADER.pack(_HEADER.size + len(request), _SOCK_DIAG_BY_FAMILY, _NLM_F_REQUEST, 1, 0)
        kernel.sendto(header + request, (0, 0))
        answer = kernel.recv(65536)
    if _HEADER.unpack_from(answer)[1] == _NLMSG_ERROR:
        return None
    queue: int = struct.unpack_from("=I", answer, _HEADER.size + _BEFORE_QUEUE)[0]
    return queue
