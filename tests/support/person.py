"""A person with a browser: follows where an org leads, types name and password, and comes back.

`python -m tests.support.person URL` is a browser for the program: it ends at the redirect URI.
"""

from __future__ import annotations

import http.client
import sys
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

MOST_STEPS = 12


@dataclass
class Page:
    """What the browser shows: the address, the status, and where it is led to."""

    address: str
    status: int
    body: str
    location: str | None


@dataclass
class Browser:
    """Cookies, and one connection after another."""

    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, address: str, form: dict[str, str] | None = None) -> Page:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        body = urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST" if form is not None else "GET", target, body, headers)
        answer = connection.getresponse()
        page = Page(address, answer.status, answer.read().decode(), answer.headers["Location"])
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {key: each.value for key, each in SimpleCookie(line).items()}
        connection.close()
        return page


def sign_in(address: str) -> str:
    """The address outside the org where a sign-in ends; the last one inside if it does not."""
    browser = Browser()
    org = urlsplit(address).netloc
    form: dict[str, str] | None = None
    for _ in range(MOST_STEPS):
        page = browser.open(address, form)
        form = None
        if page.location:
            address = urljoin(address, page.location)
            if urlsplit(address).netloc != org:
                return address
        elif 'type="password"' in page.body:
            form = {"username": "ada", "password": "of a test"}
        else:
            return address
    raise AssertionError(f"the org leads from page to page: {address}")


if __name__ == "__main__":
    end = sign_in(sys.argv[1])
    sys.stdout.write("a browser prints on stdout what it likes\n")
    if urlsplit(end).hostname in ("localhost", "127.0.0.1"):
        Browser().open(end)
