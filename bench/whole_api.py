"""Measures Okta's whole API as one collection: its size, and the time to generate and run it.

python -m bench.whole_api
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.run import measure
from okta_postman.okta import catalog
from tests.support.postman import newman, postman_cli
from tests.support.stub_org import stub_org
from tests.support.tokens import access_token
from tests.support.whole_api import SCOPE_SETS, everything, judged, whole


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "okta.yaml").write_text(whole(), encoding="utf-8")
        measured = measure([sys.executable, "-m", "okta_postman", "generate", "okta.yaml"], folder)
        collection, environment = sorted(folder.glob("*.json"), reverse=True)
        size = collection.stat().st_size / 1e6
        print(f"{len(catalog.operations())} operations known, {len(SCOPE_SETS)} scope sets")
        print(f"collection {size:.1f} MB, environment {environment.stat().st_size / 1e3:.0f} kB")
        print(f"{'generate':14}{measured.seconds:8.2f} s{measured.megabytes:8.0f} MB")
        token = access_token(*{scope for scopes in SCOPE_SETS for scope in scopes})
        # The larger runner is last, because the peak is that of all child processes.
        for runner in (newman, postman_cli):
            with stub_org(judged(everything())) as org:
                begun = time.perf_counter()
                run = runner(collection, environment, {"baseUrl": org.url, "accessToken": token})
                seconds = time.perf_counter() - begun
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"{runner.__name__:14}{seconds:8.2f} s{peak:8.0f} MB"
                f"  {len(run.executed)} requests, {len(run.failures)} failures"
            )


if __name__ == "__main__":
    main()
