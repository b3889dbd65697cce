"""Whatever goes wrong on the way to an answer is said in a sentence."""

import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.errors import sentence_for
from bot.replies import FAILURES, UndeliverableError

logger = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def never_mute(say: Callable[[str], Awaitable[object]]) -> AsyncIterator[None]:
    """Says what goes wrong inside; when even that cannot be delivered, the log has it.

    The one place where every error is caught: an asker who hears nothing is worse off than one
    who reads a sentence with a reference id. `sentence_for` logs what nobody foresaw.
    """
    try:
        yield
    except UndeliverableError:
        logger.warning("an answer could not be delivered")
    except Exception as error:  # noqa: BLE001  (whatever goes wrong is said)
        with contextlib.suppress(UndeliverableError, *FAILURES):
            await say(sentence_for(error))
