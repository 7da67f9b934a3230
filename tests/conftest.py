"""Settings that every test shares: the same environment on every machine."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "COMSPEC", "PATHEXT")
"""Without these a system cannot start programs or has nowhere to put temporary files."""

KEPT_PREFIXES = ("PYTEST_", "COVERAGE_")
"""How pytest and coverage speak to their own processes."""


def isolated(variables: dict[str, str], home: str) -> dict[str, str]:
    """The environment of the tests, out of that of whoever runs them.

    It is a list of what stays: nobody can list what programs read (`GIT_DIR`, `COLUMNS`,
    `FORCE_COLOR`, `http_proxy`, `NODE_OPTIONS`). Their configuration files lie below the home
    directory, except those that are switched off by name.
    """
    kept = {
        name: value
        for name, value in variables.items()
        if name in KEPT or name.startswith(KEPT_PREFIXES)
    }
    return kept | {
        "HOME": home,
        "USERPROFILE": home,
        "GIT_CONFIG_NOSYSTEM": "1",
        # A temporary folder inside of a repository is no part of it.
        "GIT_CEILING_DIRECTORIES": os.path.realpath(tempfile.gettempdir()),
        "PIP_CONFIG_FILE": os.devnull,
    }


def isolate() -> None:
    """Give this process and all that it starts an empty home and no settings of the machine."""
    home = tempfile.mkdtemp(prefix="okta-postman-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    variables = isolated(dict(os.environ), home)
    os.environ.clear()
    os.environ.update(variables)
    os.umask(0o022)


# Before any test is imported: some libraries read the environment on import.
isolate()

# How fast an example runs says something about the machine, and nothing about the program.
settings.register_profile("patient", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("patient")
