"""`ascribe verify` and `ascribe eval`."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from index.commands.options import as_json_option, folders_options, print_json, with_options
from index.settings import load_settings

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_lines = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.command()
@click.argument("claim", required=False)
@click.option(
    "--batch",
    type=_lines,
    help='JSON lines of {"id", "statement", "document", "start", "end"}: does the place carry it?',
)
@with_options(*folders_options, as_json_option)
def verify(
    claim: str | None, batch: Path | None, corpus: Path | None, data: Path | None, as_json: bool
) -> None:
    """Check a claim against the sources, or statements against the places that they cite."""
    if (claim is None) == (batch is None):
        raise click.UsageError("Give either a claim or --batch FILE.")
    settings = load_settings(corpus_dir=corpus, data_dir=data)
    if batch is not None:
        _verify_batch(settings, batch, as_json)
        return
    from index.contract import claim_json
    from index.terminal import claim_text
    from index.wiring import open_answerer

    with closing(open_answerer(settings)) as answerer:
        found = answerer.check(claim or "")
    if as_json:
        print_json(claim_json(found))
    else:
        click.echo(claim_text(found))


def _verify_batch(settings: Any, batch: Path, as_json: bool) -> None:
    from index.statements import judge, read_statements
    from index.verify import Verifier
    from index.wiring import open_catalog, open_entailment, open_meaning

    rows = read_statements(batch)
    with open_catalog(settings) as catalog:
        verifier = Verifier(catalog, open_meaning(settings), open_entailment(settings))
        for row in rows:
            found = judge(verifier, row)
            if as_json:
                print_json(found)
            else:
                reason = f": {found['reason']}" if found["reason"] else ""
                click.echo(f"{found['id']}  {found['verdict']}{reason}")


@click.command("eval")
@click.argument("file", type=_lines)
@click.option("--compare", type=_file, help="Figures of an earlier `eval --json`, to set beside.")
@click.option(
    "--against",
    multiple=True,
    metavar="NAME=VALUE",
    help="Score with this setting, too, or with generation=NUMBER, to set beside.",
)
@with_options(*folders_options, as_json_option)
def evaluate(
    file: Path,
    compare: Path | None,
    against: tuple[str, ...],
    corpus: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Score a set of questions of your own."""
    from index.comparison import read_changes, score_otherwise
    from index.evaluation import evaluation_text, read_figures, read_questions, score
    from index.wiring import open_answerer

    if compare is not None and against:
        raise click.UsageError("Give either --compare or --against.")
    settings = load_settings(corpus_dir=corpus, data_dir=data)
    questions = read_questions(file)
    changes = read_changes(against)
    before = read_figures(compare) if compare is not None else None
    lines: Sequence[dict[str, Any]] = ()
    if changes:
        other = score_otherwise(settings, changes, questions)
        before, lines = other.figures, other.lines
    with closing(open_answerer(settings)) as answerer:
        found = score(answerer, questions)
    if as_json:
        for line in found.lines:
            print_json(line)
        print_json({"figures": found.figures} | ({} if before is None else {"before": before}))
    else:
        click.echo(evaluation_text(found, before, lines))
