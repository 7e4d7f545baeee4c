"""`detente serve`, `detente export-site`, `detente review`: the reading room of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import RECORD, RecordOption

__all__ = ["COMMANDS", "GROUPS", "add_user", "export_site", "serve"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")

RecordArgument = Annotated[
    Path | None, typer.Argument(metavar="[RECORD]", help="The record's file.", show_default=False)
]


def serve(
    file: RecordArgument = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen at.")] = 8001,
    review: Annotated[bool, typer.Option("--review", help="Take corrections; reviewers sign in and decide.")] = False,
    query: Annotated[bool, typer.Option("--query", help="Answer SQL that reads, at /-/query.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that answer, for many readers.")] = 1,
    record: RecordOption = RECORD,
) -> None:
    """Open the reading room of a record as a site.

    It listens on this machine alone unless --host says otherwise, and changes nothing unless --review is given.
    """
    from detente.site import Settings
    from detente.site.accounts import accounts_beside
    from detente.site.serving import serve_record

    path = file or record
    settings = Settings(review=review, query=query, accounts=accounts_beside(path) if review else None)

    def tell() -> None:
        if host not in LOOPBACK:
            typer.echo(f"detente: {host} can be reached from other machines", err=True)
        place = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        typer.echo(f"The reading room of {path} is open at {place}", err=True)

    serve_record(path, settings, host=host, port=port, workers=workers, opened=tell)


def export_site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to.")],
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help="Where it will be hosted, for citations to name.")
    ] = "",
    record: RecordOption = RECORD,
) -> None:
    """Write the reading room as static files, to be hosted anywhere."""
    from detente.site import export_site as write_site

    print(f"{write_site(record, folder, address=address):,} files in {folder}")


review = typer.Typer(help="Who may decide on corrections.", no_args_is_help=True)


@review.command("add-user")
def add_user(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The reviewer's name, as the history will show it.")],
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, envvar="DETENTE_PASSWORD")
    ],
    record: RecordOption = RECORD,
) -> None:
    """Give a reviewer an account, or a new password."""
    from detente.site.accounts import accounts_beside, add_account

    path = accounts_beside(record)
    add_account(path, name, password)
    print(f"{name} may sign in; the accounts are kept in {path}")


COMMANDS = (serve, export_site)
GROUPS = {"review": review}
