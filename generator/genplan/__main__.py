"""Run genplan as `python -m genplan`."""

from genplan.cli import main

main()
