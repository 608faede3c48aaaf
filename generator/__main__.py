"""`python -m generator`, the same as `summit-record`."""

import gc
import os

from generator import cli


def main() -> None:
    """Run the command that the process's arguments name, and end it with its exit status."""
    gc.disable()  # what a command makes it needs to its end; those that go on for hours turn it on again
    # Not sys.exit: to take apart all that was read, as Python does at its end, takes up to a fifth of the time.
    os._exit(cli.main())


if __name__ == "__main__":
    main()
