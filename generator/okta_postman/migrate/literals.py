"""Credentials that their place gives away, whatever they look like: some go, and some stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from okta_postman.migrate.credentials import Credential, auth_credential
from okta_postman.migrate.cuts import Span
from okta_postman.migrate.decide import Decision
from okta_postman.migrate.requests import holders_of, own_auth
from okta_postman.migrate.tree import Node, decoded, leaves, offsets, read, text
from okta_postman.problems import Source

_SHORT, _LONG = 8, 20


def is_telling(said: str) -> bool:
    """Whether a text that stands for a credential can be one, and no placeholder or word of prose.

    Okta's API tokens have 42 characters, and digits among them.
    """
    return len(said) >= _LONG or (len(said) >= _SHORT and any(map(str.isdigit, said)))


class Literals(NamedTuple):
    """The spans of credentials in a JSON text: `cut` go, `kept` are another service's and stay."""

    cut: frozenset[Span] = frozenset()
    kept: frozenset[Span] = frozenset()


def literals(json: str, root: Node, decided: Sequence[Decision]) -> Literals:
    """Where credentials are written out in the requests of a collection, and in auth above them.

    Those that only requests to another service use are that service's own.
    """
    away = frozenset(_spans(json, _credentials(each for each in decided if each.is_away)))
    used = frozenset(_spans(json, _credentials(each for each in decided if not each.is_away)))
    others = frozenset(_spans(json, [other for each in decided for other in each.others]))
    auths = [auth for each in holders_of(root) if (auth := own_auth(each))]
    above = frozenset(_spans(json, [held for each in auths if (held := auth_credential(each))]))
    cut = used | (above - away)
    return Literals(cut, (away | others) - cut)


def whole(nodes: Iterable[Node]) -> frozenset[Span]:
    """The spans of texts that are nothing but a credential, like the value of a variable."""
    hidden = [node for node in nodes if is_telling(text(node))]
    return frozenset((node.start + 1, node.end - 1) for node in hidden)


def found_again(source: Source, anew: str, found: Literals) -> Literals:
    """Where the credentials of a text that was written anew first stand in its source."""
    texts = [leaf for leaf in leaves(read(source).root) if text(leaf)] if any(found) else []

    def spans(credentials: Iterable[Span]) -> Iterator[Span]:
        for secret in {decoded(anew[start:end]) for start, end in credentials}:
            for leaf in [each for each in texts if secret in text(each)][:1]:
                at, start = offsets(source.text, leaf), text(leaf).index(secret)
                yield at[start], at[start + len(secret)]

    return Literals(frozenset(spans(found.cut)), frozenset(spans(found.kept)))


def _credentials(decided: Iterable[Decision]) -> Iterator[Credential]:
    for each in decided:
        yield from each.credentials


def _spans(json: str, credentials: Iterable[Credential]) -> Iterator[Span]:
    for each in credentials:
        if said := text(each.node):
            at = offsets(json, each.node)
            long = (span for span in each.spans if is_telling(said[slice(*span)]))
            yield from ((at[start], at[end]) for start, end in long)
