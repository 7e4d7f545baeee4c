"""A server that speaks the protocols of OpenAI's and Anthropic's interfaces, faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server answers, in turn: a reply (dict), "429", "500", "slow" or "broken"; the last is repeated."""

    turns: list[Any]
    requests: list[dict[str, Any]] = field(default_factory=list)

    def next_turn(self) -> Any:
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


@contextmanager
def serve(script: Script) -> Iterator[str]:
    """Run the server; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"script": script}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    script: Script

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.requests.append(body)
        turn = self.script.next_turn()
        if turn == "slow":
            time.sleep(1.5)
            turn = {"events": []}
        if turn in ("429", "500"):
            self.answer(int(turn), {"error": {"message": "later", "type": "overloaded"}}, {"Retry-After": "0"})
        else:
            arguments = '{"events": [{"sent' if turn == "broken" else json.dumps(turn)
            form = anthropic_message if self.path.endswith("/messages") else openai_completion
            self.answer(200, form(body, arguments), {})

    def answer(self, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": len(data), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(data)
        except BrokenPipeError:
            pass

    def log_message(self, *args: Any) -> None:
        pass


def openai_completion(body: dict[str, Any], arguments: str) -> dict[str, Any]:
    name = body["tools"][0]["function"]["name"]
    call = {"id": "call-1", "type": "function", "function": {"name": name, "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return {
        "id": "answer-1",
        "object": "chat.completion",
        "created": 0,
        "model": body["model"],
        "choices": [{"index": 0, "finish_reason": "tool_calls", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def anthropic_message(body: dict[str, Any], arguments: str) -> dict[str, Any]:
    use = {"type": "tool_use", "id": "use-1", "name": body["tools"][0]["name"], "input": json.loads(arguments)}
    return {
        "id": "answer-1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [use],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 100, "output_tokens": 20},
    }
