"""The settings of the index, read once from the environment and `.env`."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError


class Settings(BaseSettings):
    """Where things are, and which model embeds them. Every field is explained in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix="ASCRIBE_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    corpus_dir: Path = Field(Path("corpus"), description="The folder with the documents.")
    data_dir: Path = Field(Path("data"), description="Where the index is kept.")
    embedder: str = Field(
        "sentence-transformers/all-MiniLM-L6-v2",
        description="A sentence-transformers model: a folder, or an id on the Hugging Face hub.",
    )
    embedder_revision: str | None = Field(
        None, description="The revision to take from the hub: a commit, a tag or a branch."
    )
    reranker: str | None = Field(
        None,
        description="A sentence-transformers cross-encoder that puts the best passages in order.",
    )
    entailment: str | None = Field(
        None,
        description="A sentence-transformers cross-encoder that checks statements last.",
    )
    keep_generations: int = Field(
        2, ge=1, le=20, description="How many generations stay on disk, for rollback."
    )
    journal_days: int = Field(
        180,
        ge=0,
        le=36_500,
        description="How many days questions, answers and ratings are kept; 0 keeps them for good.",
    )
    llm_url: str | None = Field(
        None, description="The base url of an OpenAI-compatible endpoint; empty: no model."
    )
    llm_model: str = Field("", description="The model's name at that endpoint.")
    llm_key: SecretStr = Field(SecretStr(""), description="The key of the endpoint.")
    llm_timeout_seconds: float = Field(
        30, gt=0, le=600, description="How long a question waits for the model."
    )
    llm_prompt_tokens: int = Field(
        3000, ge=500, le=200_000, description="The most tokens of a prompt."
    )
    llm_reply_tokens: int = Field(700, ge=50, le=20_000, description="The most of a reply.")
    llm_at_once: int = Field(2, ge=1, le=64, description="Calls of the model at the same time.")
    llm_calls_a_day: int = Field(1000, ge=0, description="Calls of the model in a day.")


def load_settings(**overrides: object) -> Settings:
    """The settings, with the overrides that a command line gave.

    Raises SettingsError with one sentence a faulty setting.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = (
            f"ASCRIBE_{'_'.join(str(part) for part in fault['loc']).upper()}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingsError(f"A setting cannot be used: {'; '.join(faults)}.") from error
    _check_folders(settings)
    return settings


def _check_folders(settings: Settings) -> None:
    data, corpus = settings.data_dir, settings.corpus_dir
    if data.exists() and not data.is_dir():
        raise SettingsError(f"The data folder {data} is a file. Name a folder.")
    if data.resolve().is_relative_to(corpus.resolve()):
        raise SettingsError(
            f"The data folder {data} lies in the corpus folder {corpus}, where it would be read as"
            " documents. Give it a place of its own."
        )
