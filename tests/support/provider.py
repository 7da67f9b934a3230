"""The org authorization server, played by oidc-provider; `tests/node/org.mjs` says how."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal

from tests.support.postman import installed, node

NOWHERE = "http://127.0.0.1:9"
SECRET = "of-the-tests-0123456789"  # noqa: S105 - of no real client
OPENID = ("openid", "offline_access")

Manner = Literal["", "downscoping", "dpop", "unassigned", "denied", "flow", "consent", "puzzled"]


@dataclass(frozen=True)
class Client:
    """An app that is registered with the org; `manner` is what is wrong with it."""

    id: str
    redirect_uris: tuple[str, ...]
    granted: tuple[str, ...]
    secret: str | None = None
    manner: Manner = ""


@contextmanager
def provider(scopes: Iterable[str], clients: Iterable[Client], api: str = NOWHERE) -> Iterator[str]:
    """Run an org for the length of a `with`, and give its URL; `api` holds its resources."""
    settings = {
        "scopes": sorted({*OPENID, *scopes}),
        "clients": [asdict(client) for client in clients],
        "api": api,
    }
    process = subprocess.Popen(
        [str(node()), str(installed("org.mjs"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        bufsize=1,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(settings) + "\n")
        process.stdin.flush()
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), "the provider has not started"
        yield url
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
