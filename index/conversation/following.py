"""A question after a history, understood with the turns before it.

The earlier turns are asked again within what the asker may see, so that what a pronoun stands for
is always found in sources that this asker could have read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.conversation.leaning import Leaning, content, leaning_of
from index.conversation.rewriting import stand_alone
from index.conversation.scene import Scene, read_scene
from index.types import Answer, Span, Stance, Turn

_MOST_TURNS = 5
_LONGEST = 400
"""Characters of an earlier question that count; what is longer is no chat."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as understood after a history."""

    text: str
    """What to answer."""
    topic: str = ""
    """The question before, where this one does not say what it is about."""
    documents: frozenset[str] = frozenset()
    """What the answer before cited, in which this one is likelier to be found."""
    complete: bool = True
    """Whether the text says by itself what it is about."""

    @property
    def weighed(self) -> str:
        """What a sentence must be near to that answers."""
        return self.text if content(self.text.split()) else self.search

    @property
    def search(self) -> str:
        """What to search for."""
        return f"{self.text} {self.topic}".strip()

    @property
    def shown(self) -> str:
        """How it was understood, for a person."""
        return self.text if self.complete else f"{self.text} (after “{self.topic}”)"


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is known of an earlier turn once it was asked again."""

    answer: Answer
    around: str
    """The text of the passages near to its question."""
    genders: Mapping[str, str]
    """ "m" or "f" for names, in lower case."""


Recall = Callable[[Followed], Recalled]


def follow(question: str, history: Sequence[Turn], recall: Recall, *, trusting: bool) -> Followed:
    """The question as understood; one that stands by itself stays as it is.

    `trusting`: what the turns say was answered may be used, since the asker may see everything.
    """
    turns = [turn for turn in history if turn.question.strip()][-_MOST_TURNS:]
    return _Conversation(turns, recall, trusting).understood(question, len(turns))


class _Conversation:
    """Earlier turns, each asked again at most once."""

    def __init__(self, turns: Sequence[Turn], recall: Recall, trusting: bool) -> None:
        self._turns = turns
        self._recall = recall
        self._trusting = trusting
        self._scenes: dict[int, tuple[Scene, frozenset[str]]] = {}

    def understood(self, question: str, at: int) -> Followed:
        """A question with the turns before the place `at`."""
        leaning = leaning_of(question)
        if leaning is None or at == 0:
            return Followed(question)
        latest, documents = self._scene(at - 1)
        scenes = [latest]
        if at > 1 and not _is_enough(leaning, latest):
            scenes.append(self._scene(at - 2)[0])
        reading = stand_alone(leaning, scenes)
        return Followed(reading.text, reading.topic, documents, reading.complete)

    def _scene(self, at: int) -> tuple[Scene, frozenset[str]]:
        """The scene of a turn, and the documents that its answer cites."""
        if at not in self._scenes:
            turn = self._turns[at]
            asked = self.understood(_clipped(turn.question), at)
            recalled = self._recall(asked)
            scene = _scene_of(asked, turn, recalled, trusting=self._trusting)
            cited = frozenset(one.source.document for one in recalled.answer.citations)
            self._scenes[at] = scene, cited
        return self._scenes[at]


def _is_enough(leaning: Leaning, scene: Scene) -> bool:
    """Whether a scene has somebody for each of the persons that the question speaks of."""
    persons = [leaning.tokens[at].lower() for at in leaning.pronouns]
    needed = {word for word in persons if word in ("he", "him", "his", "she", "her", "hers")}
    return not needed or any(mention.is_person for mention in scene.mentions)


def _scene_of(asked: Followed, turn: Turn, recalled: Recalled, *, trusting: bool) -> Scene:
    answer = recalled.answer
    said = " ".join(citation.quote for citation in answer.citations)
    if trusting and turn.answer:
        said = f"{turn.answer}\n{said}"
    first = answer.attributions[0] if answer.attributions else None
    return read_scene(
        asked.text,
        said,
        recalled.around,
        recalled.genders,
        speaker=_name(first.speaker) if first else None,
        target=_name(first.target) if first else None,
        accusing=first is not None and first.stance in (Stance.ACCUSE, Stance.CONDEMN),
    )


def _name(span: Span | None) -> str | None:
    return None if span is None else span.name or span.text


def _clipped(question: str) -> str:
    return question[:_LONGEST]
