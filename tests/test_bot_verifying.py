import pytest

from tests.bot_world import run, text_of, world

QUESTION = "Who accused Halden Roofing of using cheap seals?"
MINUTES = "museum/minutes.pdf"


def verified(tmp_path, change):
    """What is said about an answer after the documents were changed."""

    async def scenario():
        async with world(tmp_path) as w:
            await w.say(f"{w.mention} {QUESTION}")
            answer = next(m for m in w.channel.history() if m.author.id == w.env.bot.user.id)
            w.answerer.texts = change(dict(w.answerer.texts))
            result = await w.alice.context_menu(w.channel, "Verify this answer", answer)
            await w.env.settle()
            return result.ephemeral, text_of(result.response)

    return run(scenario)


@pytest.mark.parametrize(
    ("change", "summary", "finding"),
    [
        (lambda texts: texts, "Every source is as it was.", "Minutes: unchanged."),
        (
            lambda texts: texts | {MINUTES: f"{texts[MINUTES]} It rained."},
            "Every source still has the words.",
            "was edited, but still has these words",
        ),
        (
            lambda texts: {k: v for k, v in texts.items() if k != MINUTES},
            "Not every source still has the words.",
            "Minutes: the source is gone.",
        ),
        (
            lambda texts: texts | {MINUTES: "Mayor Ortega praised Halden Roofing for its seals."},
            "Not every source still has the words.",
            "Now contradicted: “Mayor Ortega accused Halden Roofing",
        ),
    ],
    ids=["unchanged", "edited", "gone", "contradicted"],
)
def test_an_answer_is_compared_with_the_documents_of_today(tmp_path, change, summary, finding):
    private, text = verified(tmp_path, change)
    assert private
    assert text.startswith(f"### {summary}")
    assert finding in text


def test_a_message_that_is_no_answer_is_not_verified(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            message = await w.boss.send(w.channel, "The roof is fine.")
            result = await w.alice.context_menu(w.channel, "Verify this answer", message)
            await w.env.settle()
            return text_of(result.response)

    assert run(scenario).startswith("This is no answer of mine")
