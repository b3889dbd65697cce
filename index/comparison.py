"""The same questions asked of another generation, or with other settings."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import SettingsError
from index.evaluation import Evaluation, Question, score
from index.generations import Generations, check_files
from index.settings import Settings, load_settings
from index.wiring import open_answerer

GENERATION = "generation"


def read_changes(pairs: Sequence[str]) -> dict[str, str]:
    """What is to be different, of words such as "reranker=" or "generation=000006".

    Raises SettingsError for what is no setting.
    """
    changes = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        name = name.strip().lower().removeprefix("ascribe_")
        if not sign or name not in {*Settings.model_fields, GENERATION}:
            raise SettingsError(
                f"{pair!r} is no NAME=VALUE of a setting, such as reranker=PATH, llm_model=NAME or"
                " generation=000001."
            )
        changes[name] = value.strip()
    return changes


def score_otherwise(
    settings: Settings, changes: Mapping[str, str], questions: Sequence[Question]
) -> Evaluation:
    """The evaluation with these changes. Raises SettingsError, and what `score` raises."""
    changed = {name: value or None for name, value in changes.items() if name != GENERATION}
    given = settings.model_dump() | changed
    other = load_settings(**{name: value for name, value in given.items() if value is not None})
    with (
        _as_live(other, changes.get(GENERATION)) as data,
        closing(open_answerer(other.model_copy(update={"data_dir": data}))) as answerer,
    ):
        return score(answerer, questions)


@contextmanager
def _as_live(settings: Settings, name: str | None) -> Iterator[Path]:
    """A data folder in which that generation is the live one; none: the settings' own."""
    if name is None:
        yield settings.data_dir
        return
    generations = Generations(settings.data_dir)
    if name not in generations.names():
        there = ", ".join(generations.names()) or "none"
        raise SettingsError(f"There is no generation {name}. There are: {there}.")
    check_files(generations.folder(name))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "generations").mkdir()
        (data / "generations" / name).symlink_to(generations.folder(name).resolve())
        (data / "models").symlink_to((settings.data_dir / "models").resolve())
        (data / "CURRENT").write_text(f"{name}\n", "utf-8")
        yield data
