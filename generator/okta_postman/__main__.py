"""The program: `okta-postman`, or `python -m okta_postman`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line and exit."""
    # A run is short and makes no garbage in cycles; looking for it takes a third of the time.
    gc.disable()
    from okta_postman.cli.app import run  # noqa: PLC0415 - imports make objects too

    run()


if __name__ == "__main__":
    main()
