"""`python -m generator`, the same as `summit-record`."""

import sys

from generator.cli import main

sys.exit(main())
