"""A model of the user's own: asked about doubtful characters only, off unless switched on, never in the way."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from models.values.article_text import FlatText
from models.values.finding import Finding, Tier
from services.config.errors import UserError
from services.proofing import opinion_http
from services.proofing.characters.check import RULE
from services.proofing.opinion import Opinion, chosen_opinion, leaves_the_machine, open_model

TEXT = FlatText.plain("首段没有问题。\n他们在渡口按排了志愿者，受到好平。\n末段。")
Answer = Callable[[dict[str, Any]], object]


def finding(words: str, fix: str, tier: Tier, rule: str = RULE) -> Finding:
    at = TEXT.text.index(words)
    return Finding(
        start=at, end=at + len(words), text=words, rule=rule, tier=tier, weight=1, message="", suggestions=(fix,)
    )


FINDINGS = (
    finding("按排", "安排", Tier.HINT),
    finding("好平", "好评", Tier.LIKELY),
    finding("渡口", "渡囗", Tier.LIKELY, rule="words.confused"),
    finding("志愿者", "志愿", Tier.LIKELY),  # of another length
)


class Server:
    """A tiny model behind an address; `asked` are the questions that came."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: Answer = lambda body: {"scores": [[-9.0, -1.0] for _ in body["questions"]]}
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked += body["questions"]
                raw = json.dumps(outer.answer(body)).encode()
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(raw)))
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asked has gone
        self.where = f"http://127.0.0.1:{self.server.server_port}/model?x=1"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join()


def test_only_doubtful_characters_are_asked_about_and_their_tiers_move(server: Server) -> None:
    server.answer = lambda body: {"scores": [[-9.0, -1.0], [-1.0, -9.0]]}
    found, notes = Opinion(where=server.where).weigh(FINDINGS, TEXT)
    assert notes == ()
    assert [one.tier for one in found] == [Tier.LIKELY, Tier.HINT, Tier.LIKELY, Tier.LIKELY]
    assert [one["candidates"] for one in server.asked] == [["按排", "安排"], ["好平", "好评"]]
    for one in server.asked:  # nothing but the paragraph leaves the machine
        assert one["text"] in TEXT.text.split("\n")
        assert one["text"][one["start"] : one["end"]] == one["candidates"][0]


def test_a_model_without_an_opinion_changes_nothing(server: Server) -> None:
    server.answer = lambda body: {"scores": [[-3.0, -3.0] for _ in body["questions"]]}
    assert Opinion(where=server.where).weigh(FINDINGS, TEXT)[0] == FINDINGS
    assert Opinion(where=server.where).weigh(FINDINGS[2:], TEXT) == (FINDINGS[2:], ())
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"scores": []},
        {"scores": [[1.0]]},
        {"scores": [[1, 2], [float("nan"), 1]]},
        {"scores": [["a", "b"]] * 2},
        "x",
        {"scores": [5, 6]},
    ],
)
def test_answers_that_are_none_are_told_once_and_proofing_goes_on(server: Server, answer: object) -> None:
    server.answer = lambda body: answer
    opinion = Opinion(where=server.where)
    found, notes = opinion.weigh(FINDINGS, TEXT)
    assert found == FINDINGS
    assert len(notes) == 1
    assert server.where.partition("?")[0] in notes[0]
    count = len(server.asked)
    assert opinion.weigh(FINDINGS, TEXT) == (FINDINGS, ())  # told once, and left alone for a while
    assert len(server.asked) == count


@pytest.mark.parametrize("status", [302, 404, 500])
def test_redirects_and_errors_are_not_followed(server: Server, status: int) -> None:
    server.status = status
    found, notes = Opinion(where=server.where).weigh(FINDINGS, TEXT)
    assert found == FINDINGS
    assert str(status) in notes[0]


def test_a_slow_model_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def wait(body: dict[str, Any]) -> object:
        gate.wait(5)
        return {}

    server.answer = wait
    monkeypatch.setattr(opinion_http, "TIME_LIMIT", 0.05)
    found, notes = Opinion(where=server.where).weigh(FINDINGS, TEXT)
    gate.set()
    assert found == FINDINGS
    assert len(notes) == 1


def test_nobody_there() -> None:
    found, notes = Opinion(where="http://127.0.0.1:9/").weigh(FINDINGS, TEXT)
    assert found == FINDINGS
    assert len(notes) == 1


def test_an_address_outside_of_the_own_network_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    far = [(2, 1, 6, "", ("127.0.0.1", 80)), (2, 1, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(opinion_http.socket, "getaddrinfo", lambda *_, **__: far)
    found, notes = Opinion(where="http://model.example/").weigh(FINDINGS, TEXT)
    assert found == FINDINGS
    assert "93.184.216.34" in notes[0]


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.31.0.1", True),
        ("192.168.9.9", True),
        ("::1", True),
        ("fe80::1%2", True),
        ("fd12::1", True),
        ("::ffff:192.168.0.7", True),
        ("::ffff:93.184.216.34", False),  # IPv4 inside IPv6
        ("64:ff9b::5db8:d822", False),  # the same by NAT64
        ("2002:5db8:d822::1", False),  # by 6to4
        ("2001:0:5db8:d822::1", False),  # by Teredo
        ("0.0.0.0", False),
        ("172.32.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("2606:2800::1", False),
    ],
)
def test_what_the_own_network_is(address: str, own: bool) -> None:
    assert opinion_http.is_own(address) is own


def test_the_name_is_asked_once_and_all_its_addresses_are_tried(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = server.server.server_port
    asked: list[str] = []

    def first_own_then_far(host: str, port_: int, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        near = [(2, 1, 6, "", (f"127.0.0.{n}", port)) for n in (9, 1)]  # nobody listens at the first
        return (
            near if asked.count("model.example") == 1 or host != "model.example" else [(2, 1, 6, "", ("1.1.1.1", 80))]
        )

    monkeypatch.setattr(opinion_http.socket, "getaddrinfo", first_own_then_far)
    monkeypatch.setattr(
        opinion_http.socket,
        "create_connection",
        lambda place, limit: _refused() if place[0] == "127.0.0.9" else _straight(place, limit),
    )
    found, notes = Opinion(where=f"http://model.example:{port}/").weigh(FINDINGS, TEXT)
    assert notes == ()
    assert found[0].tier is Tier.LIKELY
    assert asked == ["model.example"]


def _refused() -> Any:
    raise ConnectionRefusedError(111, "refused")


def _straight(place: tuple[str, int], limit: float) -> Any:
    import socket

    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    line.settimeout(limit)
    line.connect(place)
    return line


def test_proxies_of_the_environment_see_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert Opinion(where=server.where).weigh(FINDINGS, TEXT)[1] == ()


@pytest.mark.parametrize(
    "raw", [b"[" * 500_000, b'{"scores":[[1e999,1],[2,3]]}', b'{"scores":[[1' + b"0" * 400 + b",1],[2,3]]}"]
)
def test_hostile_json_is_told(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    where, close = _raw_server([b"HTTP/1.0 200 OK\r\n\r\n", raw], pause=0)
    found, notes = Opinion(where=where).weigh(FINDINGS, TEXT)
    close()
    assert found == FINDINGS
    assert len(notes) == 1


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion_http, "TIME_LIMIT", 0.3)
    where, close = _raw_server([b"HTTP/1.0 200 OK\r\n\r\n", *[b" "] * 200], pause=0.02)
    found, notes = Opinion(where=where).weigh(FINDINGS, TEXT)
    close()
    assert found == FINDINGS
    assert "0.3" in notes[0]


def _raw_server(pieces: list[bytes], pause: float) -> tuple[str, Callable[[], None]]:
    """Sends the pieces to whoever comes first, whatever was asked."""
    import socket

    door = socket.create_server(("127.0.0.1", 0))
    gone = threading.Event()

    def serve() -> None:
        line, _ = door.accept()
        with line:
            line.recv(1 << 16)
            try:
                for piece in pieces:
                    line.sendall(piece)
                    if gone.wait(pause):
                        return
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()

    def close() -> None:
        gone.set()
        thread.join(5)
        door.close()

    return f"http://127.0.0.1:{door.getsockname()[1]}/", close


def test_secrets_of_the_address_are_not_told() -> None:
    _, notes = Opinion(where="http://127.0.0.1:9/model?key=geheim").weigh(FINDINGS, TEXT)
    assert "geheim" not in notes[0]
    assert "http://127.0.0.1:9/model" in notes[0]
    with pytest.raises(UserError) as told:
        open_model("http://someone:geheim@10.0.0.5/")
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize(
    "where", ["http://", "http://a:b@host/", "http://:pw@host/", "http://host:99999/", "ftp://host/", "model.bin"]
)
def test_addresses_that_are_none(where: str) -> None:
    with pytest.raises(UserError):
        open_model(where)


def test_off_unless_switched_on_for_this_very_model() -> None:
    assert chosen_opinion("", "") is None
    assert chosen_opinion("http://10.0.0.5/", "") is None
    assert chosen_opinion("http://10.0.0.6/", "http://10.0.0.5/") is None
    assert chosen_opinion("http://10.0.0.5/", "http://10.0.0.5/") is not None


def test_the_settings_say_what_leaves_and_to_where() -> None:
    assert "10.0.0.5" in leaves_the_machine("http://10.0.0.5:8000/x")
    assert "10.0.0.5" not in leaves_the_machine("/models/own.onnx")


# --- a file on this machine


VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "按", "安", "排", "好", "平", "评"]


def runtime(logits: float = 8.0) -> SimpleNamespace:
    """An onnxruntime whose model likes 安, 排 and 平 wherever it is asked."""

    class Session:
        def __init__(self, path: str, providers: list[str]) -> None:
            if not Path(path).read_bytes().startswith(b"onnx"):
                raise RuntimeError("no protobuf")

        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

        def run(self, names: None, feed: dict[str, Any]) -> list[Any]:
            assert set(feed) == {"input_ids", "attention_mask"}
            made = np.zeros((*feed["input_ids"].shape, len(VOCABULARY)), np.float32)
            for liked in ("安", "排", "平"):
                made[..., VOCABULARY.index(liked)] = logits
            return [made]

    return SimpleNamespace(InferenceSession=Session)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "own.onnx"
    path.write_bytes(b"onnx")
    path.with_name("vocab.txt").write_text("\n".join(VOCABULARY), "utf-8")
    return path


def test_a_masked_model_on_this_machine(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime())
    found, notes = Opinion(where=str(model)).weigh(FINDINGS, TEXT)
    assert notes == ()
    assert [one.tier for one in found[:2]] == [Tier.LIKELY, Tier.HINT]


def test_without_the_runtime_the_way_out_is_told(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    found, notes = Opinion(where=str(model)).weigh(FINDINGS, TEXT)
    assert found == FINDINGS
    assert "pip install onnxruntime" in notes[0]


@pytest.mark.parametrize("broken", ["model", "vocabulary", "no vocabulary"])
def test_files_that_are_none(model: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime())
    if broken == "model":
        model.write_bytes(b"nothing")
    elif broken == "vocabulary":
        model.with_name("vocab.txt").write_text("一\n二", "utf-8")
    else:
        model.with_name("vocab.txt").unlink()
    found, notes = Opinion(where=str(model)).weigh(FINDINGS, TEXT)
    assert found == FINDINGS
    assert "own.onnx" in notes[0]
