"""A manifest must not contain a credential.

These come before the readers and the other rules: where a credential is, nothing else is wrong.
"""

from __future__ import annotations

import re
from typing import Final

from okta_postman.documents.data import texts_of
from okta_postman.manifest.problem_list import CREDENTIAL, Problems
from okta_postman.okta import credentials
from okta_postman.problems import Problem, Source

_TELLING_KEY: Final = re.compile("secret|api|token|key", re.IGNORECASE)
_DELETE: Final = "delete it, and revoke it if this file was ever shared"
_SECRET: Final = f"{_DELETE}; in Postman, type it into the variable `clientSecret`"


def credentials_in(source: Source) -> list[Problem]:
    """A problem for each credential in a file, comments included, without its value."""
    return [
        Problem(
            CREDENTIAL,
            f"the file contains {credential.kind}",
            _SECRET if credential.kind == credentials.CLIENT_SECRET else _DELETE,
            source.position(credential.start, credential.end),
        )
        for credential in credentials.find_credentials(source.text)
    ]


def check_hidden(problems: Problems) -> None:
    """Add a problem for each credential that YAML's escapes or layout hide in a file."""
    has_escapes = "\\" in problems.document.source.text
    for path, text, _ in texts_of((), problems.document.data):
        key = str(path[-1]) if path else ""
        if not has_escapes and not _TELLING_KEY.search(key):
            continue
        for credential in credentials.find_credentials(f'"{key}": "{text}"'):
            if not problems.has_credential(path):
                problems.error(CREDENTIAL, path, f"the file contains {credential.kind}", _DELETE)
