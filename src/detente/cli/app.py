"""The app: which modules give commands, and what becomes of errors."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from detente.cli import chronology, coding, documents, example, exchange, measures, names, serve, ties, train
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
        except DetenteError as error:
            print(f"detente: {error}", file=sys.stderr)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt:
            print("detente: interrupted; what was done before is kept", file=sys.stderr)
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # Python flushes standard output as it ends, and would complain once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            print("detente: the disk is full (expected room for what is written)", file=sys.stderr)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(2) from None


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
