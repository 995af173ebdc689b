"""Puts web assets into a wheel: see publish/npm/make.py."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebAssets(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the web assets before the files of the wheel are gathered; a wheel without them works, with less."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them; an editable installation takes what ``make assets`` has made."""
        if version != "editable":
            program = Path(self.root) / "publish" / "npm" / "make.py"
            subprocess.run([sys.executable, str(program), "--if-possible"], check=True)
