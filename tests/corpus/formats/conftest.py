"""Lets the tests of PDF import the scripts that typeset pages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "scripts"))
