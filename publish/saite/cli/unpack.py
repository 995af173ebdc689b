"""``saite unpack``."""

from pathlib import Path

import click

from saite.cli.help import Command
from saite.cli.options import State, as_json, common, pass_state


@click.command(
    cls=Command,
    short_help="Spread a packed site out into a folder.",
    examples=[
        ("saite unpack site.zip", "into site/"),
        ("saite unpack site.zip -o /srv/www --gzip", "for a web server that sends compressed copies"),
    ],
)
@click.argument("archive", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Folder to write; default: as ARCHIVE, without .zip."
)
@click.option("--gzip", is_flag=True, help="Put a compressed copy beside each text file, for servers that send those.")
@as_json
@common
@pass_state
def unpack(state: State, archive: Path, out: Path | None, gzip: bool, json_: bool) -> int:
    """Spread out ARCHIVE, which saite build made with -o site.zip.

    The folder is the same, byte for byte, as if the site had been built into it. It takes the old one's place whole;
    a folder that holds anything else is never overwritten.
    """
    from saite import output
    from saite.cli.tell import size
    from saite.errors import UsageError

    if not archive.is_file() or not output.is_ours(archive):
        raise UsageError(
            f"{archive} is no packed site", cure="Name an archive that this made: saite build SITE -o site.zip"
        )
    folder = out or archive.with_suffix("")
    if folder.suffix == archive.suffix:
        raise UsageError(f"{folder} is not the name of a folder", cure="Name one without .zip: -o site")
    written = output.write_site(folder, output.unpacked(archive), gzip=gzip)
    if state.json:
        state.result({"out": str(written.out), "files": written.files, "bytes": written.bytes, "kept": written.kept})
    else:
        click.echo(f"Unpacked {written.files} files ({size(written.bytes)}) into {folder}.")
    return 0
