"""`export` and `import`: a whole register as a folder of open files, and back."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from extractors.commands.common import add_register, complain, opened
from extractors.records.package.read import checked, read_package
from extractors.records.package.write import write_package


def add_export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty, not there yet, or an earlier export")
    add_register(command, "to export")


def add_import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that `export` wrote")
    add_register(command, "to fill, empty or not there yet")


def run_export(options: argparse.Namespace) -> int:
    with opened(options) as register:
        counts = write_package(register, options.folder)
    complain(f"{options.folder}: {summary(counts)} written")
    return 0


def run_import(options: argparse.Namespace) -> int:
    # before a register is made for what cannot be read
    checked(options.folder)
    with opened(options, create=True) as register:
        counts = read_package(register, options.folder)
    complain(f"{register.place}: {summary(counts)} read")
    return 0


def summary(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in ("articles", "records", "deals", "reviews"))
