"""`python -m pipeline.cli`: the command without a script on the path, as cron calls it."""

from pipeline.cli.main import main

main()
