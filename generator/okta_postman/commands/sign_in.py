"""Signs in to an org through the browser, for an access token or for its URL alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from okta_postman import templates
from okta_postman.commands import lookup
from okta_postman.commands.check import ValidManifest
from okta_postman.commands.generate import artifacts_of
from okta_postman.commands.org_problems import EnvironmentProblem, located
from okta_postman.compose.workspace import compose
from okta_postman.documents.json_text import json_text
from okta_postman.files import disk, secret_file
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.okta.credentials import safe
from okta_postman.operation import ScopeSet
from okta_postman.org import loopback
from okta_postman.org.http import Http
from okta_postman.org.problem import MISSING_SCOPES, OrgError, OrgProblem
from okta_postman.org.sign_in import SignIn, authorization_code, implicit
from okta_postman.org.token import code_in, missing_scopes, token_for
from okta_postman.postman.environment import environment_to_json, with_token
from okta_postman.problems import Checked, UserError


class TokenRequest(NamedTuple):
    """The environment and scopes of a token, and the file to write it to; None for stdout."""

    source: ValidManifest
    environment: Environment
    scopes: ScopeSet
    file: Path | None


class Token(NamedTuple):
    """An access token, or why there is none; `lacks_scopes` if the app lacks grants."""

    value: str | None
    checked: tuple[Checked, ...] = ()
    lacks_scopes: bool = False


def sign_in_url(
    manifest: Manifest, environment: str | None, request: str | None, *, use_implicit: bool
) -> SignIn:
    """The URL that begins a sign-in, for the scopes of a request, or for all scopes.

    `use_implicit` is the implicit flow, in which the token is in the final URL. Raises UserError
    if there is no such environment or request.
    """
    chosen = lookup.environment_named(manifest, environment)
    scopes = (
        lookup.every_scope(manifest) if request is None else lookup.scopes_named(manifest, request)
    )
    begin = implicit if use_implicit else authorization_code
    return begin(chosen, scopes)


def token_request(  # noqa: PLR0913 - what the options of `login` say
    source: ValidManifest,
    environment: str | None,
    scopes: Iterable[str],
    request: str | None,
    *,
    all_scopes: bool,
    env_file: str | None,
) -> TokenRequest:
    """What `login` requests, checked before anyone signs in.

    Raises UserError if environment or scopes are ambiguous or unknown, or if the token could be
    committed from the file, or would replace something else in it.
    """
    chosen = lookup.environment_named(source.manifest, environment)
    wanted = lookup.scopes_to_request(source.manifest, list(scopes), request, every=all_scopes)
    file = None if env_file is None else _token_file(source.manifest, Path(env_file))
    return TokenRequest(source, chosen, wanted, file)


def can_listen(request: TokenRequest) -> bool:
    """Whether this machine can receive the response at the environment's redirect URI."""
    return loopback.is_loopback(request.environment.redirect_uri)


def token_by_listening(
    request: TokenRequest, client_secret: str, show: Callable[[str], None], timeout: float
) -> Token:
    """Sign in with PKCE, and receive the response at a loopback redirect URI.

    `show` opens the URL of the sign-in in a browser, which has `timeout` seconds. Raises UserError
    if the port cannot be used.
    """
    page = templates.read("signed-in.html") or ""

    def final_url(sign_in: SignIn) -> str:
        uri = sign_in.environment.redirect_uri
        with loopback.listening(uri, sign_in.state, page) as first:
            show(sign_in.url)
            return first(timeout)

    return _token(request, client_secret, final_url)


def token_by_pasting(
    request: TokenRequest, client_secret: str, paste: Callable[[str], str]
) -> Token:
    """Sign in with PKCE; `paste` shows the URL of the sign-in, and returns the one where it ends.

    Raises UserError if that is no URL of this sign-in.
    """
    return _token(request, client_secret, lambda sign_in: paste(sign_in.url))


def write_token(request: TokenRequest, path: Path, token: str) -> bool:
    """Write a Postman environment with a token, for its owner alone; whether git may commit it.

    An existing environment keeps its other values. Raises UserError if it cannot be written.
    """
    before = disk.read_existing(path)
    if before is None:
        place = request.source.manifest.environments.index(request.environment)
        data = environment_to_json(compose(request.source.manifest).environments[place])
    else:
        data = json.loads(before)
    secret_file.write(path, json_text(with_token(data, token)))
    return secret_file.may_be_committed(path)


def _token(request: TokenRequest, client_secret: str, final_url: Callable[[SignIn], str]) -> Token:
    """The token of a sign-in that ends at a URL, or what the org says instead."""
    sign_in = authorization_code(request.environment, request.scopes)
    try:
        code = code_in(final_url(sign_in), sign_in)
        token = token_for(Http(), sign_in, code, client_secret)
    except OrgError as error:
        return _no_token(request, error.problem)
    # A token with fewer scopes than were requested would fail later, without a reason.
    missing = missing_scopes(sign_in, token.scopes)
    return _no_token(request, missing) if missing else Token(token.value)


def _no_token(request: TokenRequest, problem: OrgProblem) -> Token:
    document = request.source.document
    problems = located(document, [EnvironmentProblem(request.environment, problem)])
    checked = safe(document.source, problems)
    return Token(None, (checked,), lacks_scopes=problem.code == MISSING_SCOPES)


def _token_file(manifest: Manifest, path: Path) -> Path:
    """The file for a token. Raises UserError if it could be committed, or holds something else."""
    if path.name in {artifact.path for artifact in artifacts_of(manifest)}:
        raise UserError(
            f"{path.as_posix()} is a file that `generate` writes and people commit: name another "
            "one for the token"
        )
    secret_file.refuse_tracked(path)
    disk.folder_of(path.as_posix(), None)
    before = disk.read_existing(path)
    try:
        fits = before is None or with_token(json.loads(before), "") is not None
    except ValueError:
        fits = False
    if not fits:
        raise UserError(
            f"{path.as_posix()} exists and is not a Postman environment: name another file"
        )
    return path
