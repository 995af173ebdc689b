"""``saite build``."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from saite.cli.help import Command
from saite.cli.options import (
    State,
    as_json,
    base_option,
    common,
    endpoint_option,
    fail_on_option,
    language_option,
    message_language,
    pass_state,
    site_argument,
)

if TYPE_CHECKING:
    from saite import pipeline
    from saite.again import LastBuild
    from saite.again.mending import Mended
    from saite.cli.progress import Terminal


@click.command(
    cls=Command,
    short_help="Publish a site, a folder of RDF, or a file.",
    examples=[
        ("saite build", "the site in this folder"),
        ("saite build mysite", "into mysite/site/"),
        ("saite build people.ttl -o out", "any RDF file, with no settings"),
        ("saite build mysite --fail-on warning", "stop on warnings too"),
        ("saite build mysite -o site.zip", "all in one archive, which saite serve answers from"),
        ("saite build mysite --endpoint http://localhost:7878/query", "the data of a SPARQL store"),
        ("saite build mysite --shard 2/4 -o part-2.zip", "a quarter of it; saite merge joins all four"),
        ("saite build mysite --spark spark://head:7077", "with the machines of a Spark cluster"),
    ],
)
@site_argument
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write, or an archive if the name ends in .zip; default: saite.toml's output, or SITE/site.",
)
@click.option("--force", is_flag=True, help="Publish in spite of findings; they are told, and stand in the report.")
@click.option("--no-check", is_flag=True, help="Do not check the data at all.")
@fail_on_option
@base_option
@endpoint_option
@click.option("--fresh", is_flag=True, help="Build all of it, even if little or nothing has changed.")
@click.option("--gzip", is_flag=True, help="Compress text files for servers that send them so: beside each a copy.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes make the files; default: one for each core, if memory allows. The result is the same.",
)
@click.option(
    "--shard",
    metavar="I/N",
    help="Make only part I of N, into an archive: other machines make the others, and saite merge joins them.",
)
@click.option(
    "--spark",
    metavar="MASTER",
    help="Have an Apache Spark cluster make the pages: its master, as spark-submit takes it, or local[2] to try. Needs "
    "pip install 'saite[spark]' and Java; the folder of the output has to be one that all machines see.",
)
@language_option
@as_json
@common
@pass_state
def build(
    state: State,
    site: Path,
    out: Path | None,
    force: bool,
    no_check: bool,
    fail_on: str | None,
    base: str,
    endpoint: str,
    fresh: bool,
    gzip: bool,
    jobs: int | None,
    shard: str | None,
    spark: str | None,
    language: str | None,
    json_: bool,
) -> int:
    """Publish SITE as HTML, Turtle, JSON-LD and more.

    SITE is a folder with saite.toml, any folder of RDF, or one file. The data are checked first: a violation stops
    the build before anything is written. The new site takes the old one's place whole, or not at all; a folder that
    holds anything else is never overwritten. If nothing has changed since it was built, it stays as it is; after an
    edit of texts, only the files that show them are made anew.
    """
    from saite.again import LastBuild
    from saite.cli.progress import Terminal
    from saite.finding import Severity
    from saite.part import Shard
    from saite.pipeline.options import Options

    options = Options(
        check=not no_check,
        force=force,
        fail_on=Severity[fail_on.upper()] if fail_on else None,
        gzip=gzip,
        jobs=jobs,
        base=base,
        endpoint=endpoint,
        shard=Shard.read(shard) if shard else None,
    )
    speech = message_language(language)
    last = LastBuild(site, out, options, speech)
    progress = Terminal(state)
    with _telling_findings(state, progress, speech):
        if not fresh:
            with last:
                if (before := last.result()) is not None:
                    return _unchanged(state, before)
                if not spark and (mended := last.mend(progress)) is not None:
                    return _mended(state, progress, last, mended, speech)
        if spark:
            built = _with_spark(spark, site, out, options, progress)
        else:
            from saite.pipeline import build as build_

            built = build_(site, out, options, progress)
        return _built(state, progress, last, built, options, out, speech)


def _built(
    state: State,
    progress: "Terminal",
    last: "LastBuild",
    built: "pipeline.Built",
    options: "pipeline.Options",
    out: Path | None,
    speech: str,
) -> int:
    """Remember a build and tell of it."""
    from saite.cli.tell import as_rows, size, tell_findings

    judged, written = built.judged, built.written
    result = {
        "out": str(written.out),
        "resources": built.resources,
        "quads": len(judged.store),
        "files": written.files,
        "bytes": written.bytes,
        "kept": written.kept,
        "rewritten": written.files,
        "checked": options.check,
        "unchanged": False,
        "report": as_rows(judged, speech),
    }
    progress.stage("Keeping what the next build needs")
    last.keep(result, built)
    progress.done()
    if state.json:
        state.result(result)
        return 0
    tell_findings(state, judged, speech)
    if options.shard is not None:
        click.echo(f"Made part {options.shard} of the site: {written.files} files ({size(written.bytes)}) in {out}.")
        return 0
    kept = f"; {written.kept} files of yours in it were kept" if written.kept else ""
    click.echo(
        f"Published {built.resources} resources as {written.files} files ({size(written.bytes)}) "
        f"in {out or judged.config.root / judged.config.output}{kept}."
    )
    return 0


def _mended(state: State, progress: "Terminal", last: "LastBuild", mended: "Mended", speech: str) -> int:
    """Remember that some files were made anew, and tell of it."""
    result = {**mended.before, "bytes": mended.before["bytes"] + mended.bytes, "rewritten": mended.files}
    if mended.judged is not None:
        from saite.cli.tell import as_rows, tell_findings

        result["report"] = as_rows(mended.judged, speech)
    last.keep(result, mended)
    progress.done()
    if state.json:
        state.result(result)
        return 0
    if mended.judged is not None:
        tell_findings(state, mended.judged, speech)
    click.echo(
        f"Made {mended.files} of {result['files']} files anew in {result['out']}: {mended.edited} "
        f"{'resource has' if mended.edited == 1 else 'resources have'} other texts. (--fresh makes all anew.)"
    )
    return 0


@contextmanager
def _telling_findings(state: State, progress: "Terminal", speech: str) -> Iterator[None]:
    """Tell the findings that stop a build; no progress is shown afterwards."""
    from saite.errors import CheckFailed

    try:
        yield
    except CheckFailed as stopped:
        from saite.cli.tell import tell_findings
        from saite.pipeline import NotPublished

        progress.done()
        if isinstance(stopped, NotPublished):
            tell_findings(state, stopped.judged, speech)
        raise
    finally:
        progress.done()


def _with_spark(
    master: str, site: Path, out: Path | None, options: "pipeline.Options", progress: "pipeline.Progress"
) -> "pipeline.Built":
    """Build with a cluster.

    Raises:
        UsageError: there is no Spark, or the cluster is to make a part.
    """
    from saite import pipeline
    from saite.errors import UsageError

    if options.shard is not None:
        raise UsageError("a part is made by one machine, without Spark", cure="Leave out --shard, or --spark.")
    try:
        from saite.spark.publishing import Publisher
        from saite.spark.session import session
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "pyspark":
            raise
        raise UsageError("Spark is not installed", cure="pip install 'saite[spark]'; it needs Java 17 or 21.") from None
    progress.stage("Starting Spark")
    with session(master) as started:
        return pipeline.build(site, out, options, progress, Publisher(started))


def _unchanged(state: State, before: Mapping[str, Any]) -> int:
    """Tell that the site is what a build would make."""
    if state.json:
        state.result({**before, "unchanged": True})
        return 0
    counts = before["report"]["counts"]
    told = ", ".join(f"{number} {name}{'s' * (number != 1)}" for name, number in counts.items() if number)
    more = f"; its report has {told}" if told else ""
    click.echo(
        f"Nothing has changed since {before['files']} files were built in {before['out']}{more}. (--fresh builds.)"
    )
    return 0
