"""`python -m generator`, the same as `summit-record`."""

import os

from generator.cli import main

# Not sys.exit: to take apart all that was read, as Python does at its end, takes up to a fifth of the time.
os._exit(main())
