"""What changes when a site goes live. The pages work under any address, so there is little to change."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403

DELETE_OUTPUT_DIRECTORY = False
