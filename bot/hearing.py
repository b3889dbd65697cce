"""Messages as questions: a mention, a reply to an answer, a message in a thread on one."""

import logging
import re

import discord

from bot.access import Access, roles_of
from bot.asking import LONGEST_QUESTION, Asked, Asking
from bot.conversations import Conversations
from bot.errors import RefusedError
from bot.questions import Questions
from bot.replies import FAILURES, MessageReply, UndeliverableError
from index.journal import Kept

logger = logging.getLogger(__name__)

_COURTESY = re.compile(
    r"(?:ok(?:ay)?|great|nice|cool|perfect|super|wow|good|thanks?|thank you|thx|ty|cheers|lol|haha"
    r"|got it|i see|never ?mind|very|so|a lot|much|bot|job|one|work|[^\w?]|_)+",
    re.IGNORECASE,
)
_LONGEST_COURTESY = 60


class Hearing:
    """Decides which messages are questions, and answers them as replies."""

    def __init__(
        self,
        access: Access,
        asking: Asking,
        conversations: Conversations,
        questions: Questions,
    ) -> None:
        self._access = access
        self._asking = asking
        self._conversations = conversations
        self._questions = questions

    async def hear(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answers a message if it is a question to the bot."""
        if message.author.bot or message.webhook_id is not None:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        named = re.search(rf"<@!?{me.id}>", message.content) is not None
        refusal = self._access.refusal(None if message.guild is None else message.guild.id)
        if refusal is not None:
            if named or message.guild is None:
                await _say(MessageReply(message), refusal)
            return
        question = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
        before: Kept | None = None
        if named:
            before = await self._conversations.before(message)
        else:
            # A reply pings who is replied to. That is a question only below an answer of ours.
            before = await self._conversations.before(message) if question else None
            if before is None or _is_courtesy(question):
                return
        await self._answer(message, question, before)

    async def _answer(self, message: discord.Message, question: str, before: Kept | None) -> None:
        reply = MessageReply(message)
        if not question:
            await _say(reply, "Ask me something: mention me with a question, or use `/ask`.")
            return
        if len(question) > LONGEST_QUESTION:
            await _say(
                reply, f"Please ask in fewer words: {LONGEST_QUESTION:,} characters at most."
            )
            return
        try:
            self._questions.admit(message.author.id)
        except RefusedError as refusal:
            await _say(reply, refusal.user_message)
            return
        try:
            await _show_typing(message)
            asked = Asked(
                question,
                message.author.id,
                message.channel.id,
                follows=before.id if before else None,
            )
            await self._asking.deliver(reply, asked, roles_of(message.author))
        finally:
            self._questions.leave()


def _is_courtesy(text: str) -> bool:
    return len(text) <= _LONGEST_COURTESY and _COURTESY.fullmatch(text) is not None


async def _say(reply: MessageReply, sentence: str) -> None:
    try:
        await reply.show(sentence)
    except (UndeliverableError, *FAILURES) as error:
        logger.warning("a sentence could not be delivered: %s", error)


async def _show_typing(message: discord.Message) -> None:
    try:
        await message.channel.typing()
    except discord.HTTPException:
        logger.debug("may not show that it is typing")
