"""The app: which modules give commands, and what becomes of errors."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from detente.cli import chronology, coding, documents, example, exchange, measures, names, serve, ties, train
from detente.cli.interrupt import was_interrupted
from detente.errors import DetenteError

__all__ = ["app"]

# A module of commands has a tuple COMMANDS of functions; to add one, import it above and name it here.
MODULES = (example, documents, chronology, coding, names, ties, measures, exchange, serve, train)


class OneLineErrors(TyperGroup):
    """A group whose commands end in one line on standard error where the input is bad."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; bad input exits with 2, an interrupt with 130, a reader that went away with 0."""
        try:
            return super().invoke(ctx)
        except typer.Exit:
            raise
        except (KeyboardInterrupt, Exception) as error:
            interrupted = was_interrupted() or isinstance(error, KeyboardInterrupt)
            code, said = (130, "interrupted; what was done before is kept") if interrupted else _explain(error)
            if said:
                print(f"detente: {said}", file=sys.stderr)
            if isinstance(error, OSError):
                # Python flushes standard output as it ends, and would complain once more.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(code) from error


def _explain(error: BaseException) -> tuple[int, str]:
    """Return the exit code of an error and what is said of it; one that is no input's fault goes on as it is."""
    if isinstance(error, DetenteError):
        return error.exit_code, str(error)
    if isinstance(error, BrokenPipeError):
        return 0, ""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return 2, "the disk is full (expected room for what is written)"
    raise error


app = typer.Typer(
    name="detente",
    cls=OneLineErrors,
    help="Read what is written about how states deal with one another, and keep the record.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"detente {version('detente')}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read what is written about how states deal with one another, and keep the record."""


for module in MODULES:
    for command in module.COMMANDS:
        app.command()(command)
    for name, group in getattr(module, "GROUPS", {}).items():
        app.add_typer(group, name=name)
