"""A model behind an address on the user's own network: one POST of JSON a text, no proxy, no redirect, with limits."""

import http.client
import ipaddress
import json
import math
import socket
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from services.config.errors import UserError
from services.proofing.questions import Question

TIME_LIMIT = 3.0  # seconds for one answer
LARGEST = 1 << 20  # bytes of an answer
VERSION = 1


class Endpoint:
    def __init__(self, where: str) -> None:
        """Raises UserError for an address that is none, or not on the user's own network."""
        self._where = where
        try:
            self._url: SplitResult = urlsplit(where)
            self._port = self._url.port
        except ValueError as error:
            raise UserError("proofing.model.bad_address", model=where) from error
        if self._url.scheme not in ("http", "https") or not self._url.hostname or self._url.username:
            raise UserError("proofing.model.bad_address", model=where)

    def ask(self, questions: Sequence[Question]) -> list[tuple[float, float]]:
        rows = [
            {"text": one.text, "start": one.start, "end": one.end, "candidates": list(one.candidates)}
            for one in questions
        ]
        body = json.dumps({"version": VERSION, "questions": rows}).encode()
        try:
            answer = self._send(body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UserError("proofing.model.silent", model=self._where, reason=_reason(error)) from error
        return _scores(answer, len(questions), self._where)

    def _send(self, body: bytes) -> object:
        host = self._url.hostname or ""
        address = self._own_address(host)
        make = http.client.HTTPSConnection if self._url.scheme == "https" else http.client.HTTPConnection
        # to the very address that was looked at: a name that answers differently a second time leads nowhere else
        target = host if self._url.scheme == "https" else address
        connection = make(target, self._port, timeout=TIME_LIMIT)
        try:
            path = (self._url.path or "/") + (f"?{self._url.query}" if self._url.query else "")
            headers = {"Content-Type": "application/json", "Host": self._url.netloc}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            raw = response.read(LARGEST + 1)
            if response.status != http.client.OK:
                raise http.client.HTTPException(f"HTTP {response.status}")
            if len(raw) > LARGEST:
                raise http.client.HTTPException(f"> {LARGEST} B")
            return json.loads(raw)
        finally:
            connection.close()

    def _own_address(self, host: str) -> str:
        """An address of the host, all of whose addresses must be of the own network or this machine."""
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, self._port or 80, type=socket.SOCK_STREAM)]
        for one in found:
            address = ipaddress.ip_address(one.partition("%")[0])
            if not (address.is_private or address.is_loopback or address.is_link_local):
                raise UserError("proofing.model.far", host=host, address=one)
        return found[0]


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _scores(answer: object, count: int, where: str) -> list[tuple[float, float]]:
    rows = answer.get("scores") if isinstance(answer, dict) else None
    if isinstance(rows, list) and len(rows) == count:
        try:
            pairs = [(float(row[0]), float(row[1])) for row in rows if len(row) == 2]
        except (TypeError, ValueError, LookupError):
            pairs = []
        if len(pairs) == count and all(math.isfinite(value) for pair in pairs for value in pair):
            return pairs
    raise UserError("proofing.model.bad_answer", model=where)
