"""Puts a report into one comment of a pull request, which later runs bring up to date.

A report without changes makes no comment, and says so in one that is there. Source:
docs.github.com/rest/issues/comments.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

LONGEST = 65_000
"""Characters; GitHub refuses a comment of more than 65,536."""


def main() -> None:
    """Comment on the pull request that the environment names, with the file that is named."""
    try:
        _bring_up_to_date(Path(sys.argv[1]).read_text(encoding="utf-8").strip())
    except urllib.error.HTTPError as refused:
        # The token of a pull request from a fork may only read.
        _warn(f"GitHub answered {refused.code}; the job needs `pull-requests: write`")
    except OSError as unreachable:
        _warn(f"GitHub's API did not answer: {type(unreachable).__name__}")


def _warn(reason: str) -> None:
    sys.stdout.write(f"::warning title=okta-postman::no comment was made: {reason}\n")


def _bring_up_to_date(report: str) -> None:
    folder = os.environ.get("WORKING_DIRECTORY", ".").encode()
    marker = f"<!-- okta-postman {hashlib.sha256(folder).hexdigest()[:12]} -->"
    comments = f"/issues/{os.environ['PULL_REQUEST']}/comments"
    mine = _comment(comments, marker)
    body = f"{marker}\n{_cut(report) or 'No change of requests, scopes or environments.'}\n"
    if mine is not None:
        _ask("PATCH", f"/issues/comments/{mine}", {"body": body})
    elif report:
        _ask("POST", comments, {"body": body})


def _comment(comments: str, marker: str) -> int | None:
    """The id of the comment that an earlier run made, and nobody else: whoever may, may edit it."""
    page = 1
    while found := _ask("GET", f"{comments}?per_page=100&page={page}"):
        for each in found:
            if each["body"].startswith(marker) and each["user"]["type"] == "Bot":
                return int(each["id"])
        page += 1
    return None


def _cut(report: str) -> str:
    if len(report) <= LONGEST:
        return report
    whole, _, _ = report[:LONGEST].rpartition("\n")
    return f"{whole}\n\nThe rest is in the job summary."


def _ask(method: str, path: str, data: dict[str, str] | None = None) -> Any:  # noqa: ANN401
    request = urllib.request.Request(  # noqa: S310 - the API that the runner names
        f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}{path}",
        method=method,
        data=json.dumps(data).encode() if data else None,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    main()
