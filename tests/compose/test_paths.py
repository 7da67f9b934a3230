"""Paths arrive as they are in a manifest."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.manifests import ORDERS, OTHER_SERVER, generated
from tests.support.postman import newman
from tests.support.stub_org import Answer, stub_org

PATHS = (
    "/users/$count",
    "/$metadata",
    "/a-._~!$&'()*+,;=:@b/x$",
    "/users('{id}')/$ref",
    "/%7B",
)
SENT = [path.replace("{id}", "7") for path in PATHS]


def test_newman_sends_all_that_a_segment_may_hold(tmp_path: Path) -> None:
    listed = json.dumps([f"GET {path}" for path in PATHS])
    text = ORDERS.format(server=OTHER_SERVER, listed=listed)
    path = tmp_path / "collection.json"
    text += "collection: {folders: none}\nvariables: {id: '7'}\n"
    path.write_text(json.dumps(generated(text)["orders.postman_collection.json"]), encoding="utf-8")
    with stub_org({}, {("GET", each): Answer(200, "{}") for each in SENT}) as org:
        newman(path, None, {"baseUrl": org.url})
        assert [each.path for each in org.seen] == SENT
