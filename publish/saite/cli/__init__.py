"""The command line: arguments and exit codes, no logic. Begin at :func:`saite.cli.main.run`."""

from saite.cli.main import main

__all__ = ["main"]
