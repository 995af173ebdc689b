"""``python -m saite``: the command line."""

from saite.cli import main

main()
