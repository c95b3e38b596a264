"""The command line ``poststelle``.

Exit codes: 0 done; 1 something is not as it should be (the output says what); 2 wrong use or
wrong settings; 3 a component is not available now, trying again makes sense.
"""

from app.cli.main import main

__all__ = ["main"]
