"""Things that judge nobody and that nobody judges: falling rain, one's own heel, one's own bag."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.agents import agent
from index.attribution.cues import Lexicon


def is_by_a_thing(verb: Token) -> bool:
    """ "The rain came down hard on the roof", "were thrown under the bus by the blast".

    For a verb of whose speaker it is known that he can be none.
    """
    if syntax.is_passive(verb):
        return agent(verb) is not None
    subject = arguments.surface_subject(verb)
    return subject is not None and subject.pos_ == "NOUN"


def is_own_thing(noun: Token, lexicon: Lexicon) -> bool:
    """ "turned on his heel", as against "turned on his neighbours"."""
    owner = syntax.child(noun, "poss")
    own = owner is not None and owner.pos_ == "PRON"
    return own and not parties.is_party(noun, lexicon)
