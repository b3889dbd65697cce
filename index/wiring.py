"""Settings to objects: the only place that chooses concrete classes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from index.answer import Answerer
from index.catalog import Catalog
from index.embedder import Embedder, EmbedderInfo, ExportedEmbedder, SentenceTransformerEmbedder
from index.errors import ModelError, SettingsError
from index.export import export_path
from index.generations import CATALOG, Generations, check_files
from index.journal import Journal
from index.live import EmbedderLoader, LiveIndex
from index.models import find_model
from index.reranker import CrossEncoderReranker
from index.settings import Settings
from index.verification.entailment import CrossEncoderEntailment
from index.verification.meaning import Meaning

if TYPE_CHECKING:
    from index.synthesis import Synthesizer

log = logging.getLogger(__name__)


def open_answerer(settings: Settings) -> Answerer:
    """An answerer over the settings' data folder; nothing is opened before the first question."""
    live = LiveIndex(settings.data_dir, embedder_loader(settings))
    reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
    entailment = open_entailment(settings)
    return Answerer(live, open_synthesizer(settings, entailment), reranker, entailment)


def open_synthesizer(
    settings: Settings, entailment: CrossEncoderEntailment | None = None
) -> "Synthesizer | None":
    """What words answers through a language model; None where none is configured."""
    if not settings.llm_url:
        return None
    from index.model_calls import Limits
    from index.synthesis import Synthesizer

    url = settings.llm_url
    if not settings.llm_model:
        raise SettingsError("ASCRIBE_LLM_URL is set, but ASCRIBE_LLM_MODEL names no model.")
    if not url.startswith(("http://", "https://")):
        raise SettingsError("ASCRIBE_LLM_URL does not begin with http:// or https://.")

    def load() -> Any:
        from index.language_models import ChatEndpoint

        return ChatEndpoint(
            settings.llm_key,
            url=url,
            model=settings.llm_model,
            timeout=settings.llm_timeout_seconds,
            max_tokens=settings.llm_reply_tokens,
            context_window=settings.llm_prompt_tokens + settings.llm_reply_tokens,
        )

    limits = Limits(
        seconds=settings.llm_timeout_seconds,
        prompt_tokens=settings.llm_prompt_tokens,
        at_once=settings.llm_at_once,
        calls_a_day=settings.llm_calls_a_day,
    )
    return Synthesizer(load, limits, settings.data_dir, entailment)


def open_entailment(settings: Settings) -> CrossEncoderEntailment | None:
    """What has the last word in verification; None where no model is named."""
    return CrossEncoderEntailment(settings.entailment) if settings.entailment else None


def open_journal(settings: Settings) -> Journal:
    """The journal in the settings' data folder; nothing is opened before its first use."""
    return Journal(settings.data_dir, days=settings.journal_days)


@contextmanager
def open_catalog(settings: Settings) -> Iterator[Catalog]:
    """The catalog of the live generation alone: no vectors, no model."""
    generations = Generations(settings.data_dir)
    folder = generations.folder(generations.live())
    check_files(folder)
    catalog = Catalog(folder / CATALOG)
    try:
        yield catalog
    finally:
        catalog.close()


def open_meaning(settings: Settings) -> Meaning | None:
    """What weighs words in verification: the live generation's exported model, None without it.

    Verification holds without; it then allows a statement fewer words of its own.
    """
    generations = Generations(settings.data_dir)
    manifest = generations.check(generations.live())
    try:
        return Meaning(
            ExportedEmbedder(
                export_path(settings.data_dir / "models", manifest.embedder.fingerprint)
            )
        )
    except ModelError:
        return None


def embedder_loader(settings: Settings) -> EmbedderLoader:
    """Loads the embedder that a generation was made with, whatever the settings say now."""

    def load(info: EmbedderInfo, exported: bool) -> Embedder:
        if exported:
            return ExportedEmbedder(export_path(settings.data_dir / "models", info.fingerprint))
        log.warning("questions are embedded with torch, since the model could not be exported")
        model = find_model(settings)
        if model.fingerprint != info.fingerprint:
            raise ModelError(
                f"The index was made with the model {info.name}, which is not the one in the"
                " settings. Run: ascribe reindex"
            )
        return SentenceTransformerEmbedder(model)

    return load
