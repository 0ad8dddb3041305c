"""``python -m hiworker``."""

import sys

from ._cli.main import main

sys.exit(main())
