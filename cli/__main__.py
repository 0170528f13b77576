"""The command as `python -m cli`, for where no script is installed."""

from cli import main

main()
