"""A model behind an address on the user's own network: one POST of JSON a text, no proxy, no redirect, with limits."""

import http.client
import ipaddress
import json
import math
import socket
import ssl
import threading
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from services.config.errors import UserError
from services.proofing.questions import Question

TIME_LIMIT = 3.0  # seconds for one answer, all of it
LARGEST = 1 << 20  # bytes of an answer
VERSION = 1

# This machine, private networks (RFC 1918, RFC 4193) and the link. Not `is_private`: that also says yes to ranges which
# lead elsewhere (IPv4 inside IPv6, tunnels, documentation, benchmarks), and its list changes with Python.
_OWN = tuple(
    ipaddress.ip_network(one)
    for one in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip


class Endpoint:
    def __init__(self, where: str) -> None:
        """Raises UserError for an address that is none, or not on the user's own network."""
        try:
            self._url: SplitResult = urlsplit(where)
            self._port = self._url.port
        except ValueError as error:
            raise UserError("proofing.model.bad_address", model=_shown(where)) from error
        self._where = _shown(where)
        if self._url.scheme not in ("http", "https") or not self._url.hostname or "@" in self._url.netloc:
            raise UserError("proofing.model.bad_address", model=self._where)

    def ask(self, questions: Sequence[Question]) -> list[tuple[float, float]]:
        rows = [
            {"text": one.text, "start": one.start, "end": one.end, "candidates": list(one.candidates)}
            for one in questions
        ]
        body = json.dumps({"version": VERSION, "questions": rows}).encode()
        try:
            answer = self._send(body)
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            raise UserError("proofing.model.silent", model=self._where, reason=_reason(error)) from error
        return _scores(answer, len(questions), self._where)

    def _send(self, body: bytes) -> object:
        connection = self._connected()
        late = threading.Event()
        # the limit of a socket is one for each piece of an answer: this one is for all of it
        clock = threading.Timer(TIME_LIMIT, _hang_up, (connection.sock, late))
        clock.daemon = True
        clock.start()
        try:
            path = (self._url.path or "/") + (f"?{self._url.query}" if self._url.query else "")
            headers = {"Content-Type": "application/json", "Host": self._url.netloc}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            raw = response.read(LARGEST + 1)
            if late.is_set():
                raise TimeoutError(f"> {TIME_LIMIT} s")
            if response.status != http.client.OK:
                raise http.client.HTTPException(f"HTTP {response.status}")
            if len(raw) > LARGEST:
                raise http.client.HTTPException(f"> {LARGEST} B")
            return json.loads(raw)
        except (OSError, http.client.HTTPException) as error:
            if late.is_set():
                raise TimeoutError(f"> {TIME_LIMIT} s") from error
            raise
        finally:
            clock.cancel()
            connection.close()

    def _connected(self) -> http.client.HTTPConnection:
        """A connection to the very addresses that were looked at: a name that answers differently a second time leads
        nowhere else. With https the certificate is still that of the name."""
        host = self._url.hostname or ""
        port = self._port or (443 if self._url.scheme == "https" else 80)
        made = http.client.HTTPConnection(host, port, timeout=TIME_LIMIT)
        made.sock = _reached(own_addresses(host, port), port)
        made.auto_open = 0  # never by the name again
        if self._url.scheme == "https":
            plain = made.sock
            try:
                made.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            except (OSError, ValueError):
                plain.close()
                raise
        return made


def own_addresses(host: str, port: int) -> list[str]:
    """The addresses of the host, all of which must be of the own network or this machine. Raises UserError, OSError."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for one in found:
        if not is_own(one):
            raise UserError("proofing.model.far", host=host, address=one)
    return list(dict.fromkeys(found))


def is_own(address: str) -> bool:
    """Whether the address is of this machine, a private network or the link; IPv4 inside IPv6 counts as what it is."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address) and one.ipv4_mapped is not None:
        one = one.ipv4_mapped
    return any(one in network for network in _OWN)


def _reached(addresses: Sequence[str], port: int) -> socket.socket:
    """The first that answers: localhost is ::1 and 127.0.0.1, and often only one of them listens."""
    trouble: OSError = OSError()
    for one in addresses:
        try:
            return socket.create_connection((one, port), TIME_LIMIT)
        except OSError as error:
            trouble = error
    raise trouble


def _hang_up(line: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        # of the socket itself: that of TLS would first wish to say goodbye
        socket.socket.shutdown(line, socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _shown(where: str) -> str:
    """The address without what may be a secret in it: a password, or a key behind the question mark."""
    scheme, mark, rest = where.partition("?")[0].partition("#")[0].partition("://")
    host, slash, path = rest.partition("/")
    return scheme + mark + host.rpartition("@")[2] + slash + path


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _scores(answer: object, count: int, where: str) -> list[tuple[float, float]]:
    rows = answer.get("scores") if isinstance(answer, dict) else None
    if isinstance(rows, list) and len(rows) == count:
        try:
            pairs = [(float(row[0]), float(row[1])) for row in rows if len(row) == 2]
        except (TypeError, ValueError, LookupError, OverflowError):
            pairs = []
        if len(pairs) == count and all(math.isfinite(value) for pair in pairs for value in pair):
            return pairs
    raise UserError("proofing.model.bad_answer", model=where)
