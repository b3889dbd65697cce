"""The bot's own settings, read once from the environment and `.env`."""

from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import SettingsError


def _separate(value: object) -> object:
    """`"1, 2"` as `["1", "2"]`; anything else is left to pydantic."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_separate)]


class BotSettings(BaseSettings):
    """Who may use the bot, and how much of it. Every field is explained in `.env.example`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        env_prefix="ASCRIBE_",
        populate_by_name=True,
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias="DISCORD_TOKEN",
        description="The bot's token from Discord's developer portal. Keep it secret.",
    )
    guilds: Ids = Field(
        default=frozenset(),
        description="The ids of the servers that the bot answers in, with commas.",
    )
    admins: Ids = Field(
        default=frozenset(),
        description="The ids of users who may reindex besides the servers' administrators.",
    )
    cooldown_seconds: float = Field(
        default=5, ge=0, le=3600, description="How long a user waits between two questions."
    )
    questions_at_once: int = Field(
        default=100,
        ge=1,
        le=1000,
        description="How many questions may be answered or waiting at once.",
    )
    answer_threads: int = Field(
        default=2, ge=1, le=32, description="How many questions are answered at the same time."
    )
    message_content: bool = Field(
        default=False,
        description="Whether replies and messages in threads need not mention the bot.",
    )
    original_files: bool = Field(
        default=True, description="Whether readers can be sent the files that are cited."
    )
    upload_megabytes: int = Field(
        default=10, ge=0, le=500, description="The largest file that /corpus add takes; 0: none."
    )
    watch_seconds: float = Field(
        default=0,
        ge=0,
        le=86_400,
        description="How often to look whether the corpus has changed; 0: never.",
    )


def load_bot_settings() -> BotSettings:
    """The settings. Raises SettingsError with one sentence a faulty setting, never its value."""
    try:
        return BotSettings()
    except ValidationError as error:
        faults = "; ".join(
            f"{_variable(str(fault['loc'][0]))}: {fault['msg']}" for fault in error.errors()
        )
        raise SettingsError(f"A setting cannot be used: {faults}.") from error


def _variable(field: str) -> str:
    return field if field.isupper() else f"ASCRIBE_{field.upper()}"
