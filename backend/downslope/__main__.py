"""The command line. Worker processes import this module again: nothing heavy is loaded early."""

from __future__ import annotations

from typing import Annotated

import typer

from downslope import __version__

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"downslope {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Watch real torch.optim steps race down a loss surface, live in the browser."""


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the network. [127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one. [8000]")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Start the server and open the page."""
    from downslope import server

    given = {"host": host, "port": port}
    try:
        server.serve({name: value for name, value in given.items() if value is not None}, not no_browser)
    except server.StartError as error:
        typer.echo(f"downslope: {error}", err=True)
        raise typer.Exit(1) from None


def main() -> None:
    """Run the ``downslope`` command."""
    app(prog_name="downslope")


if __name__ == "__main__":
    main()
