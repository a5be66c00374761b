"""The command line: extract, refresh, articles, remove, export, import, compare, gold, explain, evaluate, check-data.

Exit codes: 0 done (no records is done too), 1 some inputs could not be read or found, or a check has findings, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from extractors.commands import carry, compare, extract, gold, held, inspect
from extractors.commands.common import complain
from extractors.records.register import RegisterError


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m extractors", description="Reads news articles about arms transfers into records."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    extract.add_options(commands.add_parser("extract", help="read articles into the register, or into a file with -o"))
    held.add_refresh_options(commands.add_parser("refresh", help="read the register's articles again with the present rules"))
    held.add_articles_options(commands.add_parser("articles", help="list the articles that the register holds"))
    held.add_remove_options(commands.add_parser("remove", help="take articles and their records out of the register"))
    carry.add_export_options(commands.add_parser("export", help="write the register as a folder of CSV and Parquet files"))
    carry.add_import_options(commands.add_parser("import", help="bring an exported register back"))
    gold.add_gold_options(commands.add_parser("gold", help="write what was reviewed as a set to evaluate against"))
    compare.add_compare_options(
        commands.add_parser("compare", help="set a register's file of yours (SIPRI, UN) against your deals")
    )
    inspect.add_explain_options(
        commands.add_parser("explain", help="show how one article was read, and what was refused and why")
    )
    inspect.add_evaluate_options(commands.add_parser("evaluate", help="score the extractor against gold records"))
    commands.add_parser("check-data", help="lint the tables under data/")
    return top


def run(options: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    if options.command == "extract":
        return extract.run(options, top)
    if options.command == "check-data":
        return inspect.run_check_data()
    commands = {
        "refresh": held.run_refresh,
        "articles": held.run_articles,
        "remove": held.run_remove,
        "export": carry.run_export,
        "import": carry.run_import,
        "gold": gold.run_gold,
        "compare": compare.run_compare,
        "explain": inspect.run_explain,
        "evaluate": inspect.run_evaluate,
    }
    return commands[options.command](options)


def main(arguments: Sequence[str] | None = None) -> int:
    top = parser()
    options = top.parse_args(arguments)
    try:
        return run(options, top)
    except RegisterError as error:
        complain(error)
        return 1
    except BrokenPipeError:
        # The reader of our output went away: that is no fault of the run.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
