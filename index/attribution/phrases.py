"""Cues of several words: "hold responsible", "point the finger at", "lash out", "call for"."""

from collections.abc import Sequence

from spacy.tokens import Token

from index.attribution import arguments, clefts, parties, syntax
from index.attribution.cues import OBJECT, Lexicon, PhraseCue, load_lexicon
from index.attribution.frames import Characters, Frame, subtree
from index.attribution.framing import framed
from index.attribution.matters import holders_of, without_agent
from index.attribution.owned_things import is_by_a_thing, is_own_thing
from index.attribution.roles import (
    JUDGING,
    admissible_speakers,
    is_about_somebody,
    is_answerable,
    speakers_of,
    targets_of,
    whose_act,
)
from index.types import Stance

ANY = "*"
HARM = "harm"
WRONG = "wrong"
_AT = frozenset(["at"])
_OFF = frozenset(["off", "down"])
# "laid it at the door of the landlord": the party is behind these.
_LOOSE = frozenset(["to", "with"])
_LANDMARKS = frozenset(["door", "doorstep", "foot", "feet", "part"])
_COMPLEMENTS = frozenset(
    ["acomp", "oprd", "ccomp", "xcomp", "amod", "advcl", "attr", "advmod", "dobj", "appos", "dep"]
)


def phrase_frame(verb: Token, phrase: PhraseCue, lexicon: Lexicon) -> Frame | None:
    """The frame of a verb with its fixed words, None when they are not there."""
    fixed = _fixed_words(verb, phrase, lexicon)
    if fixed is None:
        return None
    found = _target(verb, phrase, fixed)
    if found is None:
        return None
    head, through = found
    if head.ent_type_ in ("DATE", "TIME") or head.lower_ in phrase.complement:
        return None
    targets = targets_of(
        head, lexicon, stance=Stance.SAY if phrase.stance is Stance.ACCUSE else phrase.stance
    )
    content: list[Characters] = []
    limit: int | None = None
    if phrase.stance is Stance.ACCUSE:
        targets = tuple(whose_act(t, lexicon) or t for t in targets)
        targets = tuple(t for t in targets if is_answerable(t, lexicon))
    if not targets:
        return None
    if phrase.stance in JUDGING and not all(is_about_somebody(t, lexicon) for t in targets):
        return None
    own = phrase.particle == phrase.target
    own = own or (phrase.target == OBJECT and phrase.stance is Stance.CONDEMN)
    if own and any(is_own_thing(t, lexicon) for t in targets):
        return None
    if phrase.stance is Stance.DEMAND:
        if not parties.is_party(head, lexicon):
            return None
        order = _order(verb, head)
        content = subtree(order) if order is not None else []
    if not content:
        content, limit = _matter(verb, [head, *fixed], phrase, through)
    if not content and phrase.stance is not Stance.ACCUSE:
        content = subtree(head)
    cue = [
        t
        for t in [*fixed, *([through] if through and not phrase.object else [])]
        if 0 < t.i - verb.i <= 4
    ]
    speakers = speakers_of(verb, lexicon, strict=phrase.stance is not Stance.ACCUSE)
    if not speakers and verb.dep_ == "acl" and phrase.target != OBJECT and not phrase.object:
        # "Orr, who rarely speaks, rounded on the board": a main verb read as a participle
        speakers = admissible_speakers(verb.head, lexicon, strict=True)
    if not speakers and is_by_a_thing(verb):
        return None
    if phrase.complement and fixed[-1].i > head.i:
        limit = min(limit or fixed[-1].i, fixed[-1].i)  # "one of the keepers | responsible"
    limit = limit if limit is not None else _via_start(head, phrase)
    return framed(verb, lexicon, phrase.stance, speakers, targets, content, limit=limit, more=cue)


def _via_start(head: Token, phrase: PhraseCue) -> int | None:
    """Where "for criticism" begins in "singled out the firm for criticism"."""
    first = {via.split()[0] for via in phrase.via}
    hung = (c for c in head.rights if c.dep_ == "prep" and c.lower_ in first)
    return next(
        (c.i for c in hung if any(head.doc[c.i :].text.lower().startswith(v) for v in phrase.via)),
        None,
    )


def _fixed_words(verb: Token, phrase: PhraseCue, lexicon: Lexicon) -> list[Token] | None:
    """The words that make the verb a cue, None when one is missing."""
    found: list[Token] = []
    if phrase.object:
        patient = arguments.surface_object(verb) or _mistagged_object(verb, phrase)
        if patient is None or not _is_object(patient, phrase, lexicon):
            return None
        owner = syntax.child(patient, "poss")
        own = owner is not None and owner.pos_ == "PRON" and not syntax.is_passive(verb)
        if not phrase.object & {ANY, HARM} and owner is not None and not own:
            return None  # "Rudd's suit was thrown out": the owner's, not the thrower's
        found.append(patient)
    if phrase.particle:
        particle = next((c for c in verb.rights if _is_particle(verb, c, phrase, lexicon)), None)
        if particle is None:
            return None
        patient = syntax.child(verb, "dobj")
        whole = phrase.object or phrase.target == OBJECT
        if not whole and patient is not None and verb.i < patient.i < particle.i:
            return None  # "turned her back on the church", "turned their fire on the crowd"
        found.append(particle)
    if phrase.complement:
        complement = next((t for t in verb.subtree if _is_complement(t, verb, phrase)), None)
        if complement is None and verb.dep_ == "ccomp" and verb.head.pos_ == "ADJ":
            # "holds the surgeon, Dr Kemp, liable": read as a sentence about Dr Kemp
            above = verb.head.lower_ in phrase.complement and verb.head.i > verb.i
            complement = verb.head if above else None
        if complement is None:
            return None
        found.append(complement)
    if phrase.via:
        clause = verb.doc[verb.i : verb.right_edge.i + 1].text.lower()
        if not any(f" {via}" in clause for via in phrase.via):
            return None
    return found


def _is_particle(verb: Token, word: Token, phrase: PhraseCue, lexicon: Lexicon) -> bool:
    if word.lower_ not in phrase.particle or word.dep_ not in ("prt", "advmod", "prep"):
        return False
    if phrase.target != OBJECT or syntax.complement(word) is None:
        return True
    return word.lower_ in _OFF and _is_cut_off(verb, word, lexicon)


def _is_cut_off(verb: Token, particle: Token, lexicon: Lexicon) -> bool:
    """ "slag off the clerk", read as if one slagged off him."""
    patient = syntax.child(particle, "pobj")
    whole = particle.i == verb.i + 1 and syntax.child(verb, "dobj", "nsubjpass") is None
    return whole and patient is not None and parties.is_party(patient, lexicon)


def _mistagged_object(verb: Token, phrase: PhraseCue) -> Token | None:
    """ "heaped scorn on", with scorn read as an adverb."""
    return next((c for c in verb.rights if c.lower_ in phrase.object and c.i == verb.i + 1), None)


def _is_object(patient: Token, phrase: PhraseCue, lexicon: Lexicon) -> bool:
    if ANY in phrase.object:
        return patient.pos_ in ("NOUN", "PRON") and patient.tag_ != "NNP"
    if patient.lower_ in ("much", "some", "most", "all", "part", "half", "lot", "share"):
        of = next(syntax.prepositions(patient, frozenset(["of"])), None)
        patient = (syntax.child(of, "pobj") if of is not None else None) or patient
    lemma = patient.lemma_.lower()
    if WRONG in phrase.object:
        wrongs = lexicon.words["wrongs"] | lexicon.words["shortcomings"]
        return any(t.lemma_.lower() in wrongs and t.lower_ != "damage" for t in patient.subtree)
    if HARM in phrase.object:
        return any(
            t.lemma_.lower()
            in lexicon.words["harms"] | lexicon.words["wrongs"] | lexicon.words["shortcomings"]
            for t in [patient, *patient.lefts]
        ) or (lemma in phrase.object and lemma != HARM)
    return lemma in phrase.object or patient.lower_ in phrase.object


def _is_complement(token: Token, verb: Token, phrase: PhraseCue) -> bool:
    if token.lower_ not in phrase.complement or token.i < verb.i:
        return False
    if token.dep_ == "conj":
        return bool(token.head == verb and token.pos_ == "ADJ")
    if token.dep_ == "amod" and token.head.dep_ in ("appos", "conj") and token.i > token.head.i:
        return verb in token.head.ancestors  # "holds the keeper, one Lang, liable"
    if token.dep_ == "amod" and token.head.dep_ == "pobj" and verb.lemma_ == "hold":
        of = token.head.head  # "holds one of the keepers liable"
        return bool(token.i > token.head.i and of.lower_ == "of" and of.head.dep_ == "dobj")
    near = token.head == verb or token.head.head == verb
    return bool(near and token.dep_ in _COMPLEMENTS)


def _target(
    verb: Token, phrase: PhraseCue, fixed: Sequence[Token]
) -> tuple[Token, Token | None] | None:
    """The head of the target, and the preposition that leads to it."""
    if phrase.target == OBJECT:
        own = syntax.child(fixed[-1], "nsubj") if fixed and phrase.complement else None
        if own is not None and own.i > verb.i and fixed[-1].head == verb:
            return own, None  # "for which I hold the vicar liable", "hold you liable, not me"
        head = arguments.surface_object(verb)
        if head is None and fixed and fixed[-1].lower_ in _OFF:
            head = syntax.child(fixed[-1], "pobj")
        clause = syntax.child(verb, "ccomp") if phrase.via and head is None else None
        if clause is not None and clause.tag_ == "VB":
            head = syntax.child(clause, "nsubj")  # "holds him to blame"
        if head is None or head.lower_ in phrase.complement:
            head = syntax.child(fixed[-1], "nsubj", "nmod", "compound") if fixed else None
        return (head, None) if head is not None else None
    if isinstance(phrase.target, str):
        return None
    places = [*fixed, verb] if phrase.complement else [verb, *fixed]
    candidates = [p for place in places for p in syntax.prepositions(place, phrase.target)]
    candidates = [p for p in candidates if not (_is_before(p, verb) or _is_date(p))]
    copula = clefts.copula_of(verb) if not candidates else None
    if copula is not None:  # "Where he points the finger is at the firm"
        candidates = [p for p in syntax.prepositions(copula, phrase.target) if p.i > copula.i]
    if phrase.object:
        passive = syntax.is_passive(verb)  # "the charges against Orr were made at the hall"
        candidates.sort(key=lambda p: ((p.i < verb.i) != passive, p.i))
    if phrase.object and not candidates:
        # "put the blame for what happened to them on the board": the last that leads to somebody
        nested = [p for p in verb.subtree if p.dep_ == "prep" and p.lower_ in phrase.target]
        nested = [p for p in nested if p.i > fixed[0].i]
        lexicon = load_lexicon()
        led = [p for p in nested if (t := syntax.child(p, "pobj")) and is_answerable(t, lexicon)]
        led = [p for p in reversed(led) if not _is_date(p)]
        # "on the board in a letter to staff"
        candidates = sorted(led, key=lambda p: p.lower_ in _LOOSE) or nested
    if not candidates and phrase.particle and phrase.particle <= phrase.target:
        # "turned on the board", read like "turned on the light"
        head = syntax.child(verb, "dobj")
        if head is not None and head.lower_ != "own" and fixed and fixed[-1].dep_ == "prt":
            return head, None
    left_behind = syntax.stranded(verb, phrase.target)
    if left_behind is not None and not any(syntax.complement(p) for p in candidates):
        return left_behind[1], left_behind[0]
    if syntax.is_passive(verb) and not any(syntax.complement(p) for p in candidates):
        bare = (c for c in verb.rights if c.lower_ in phrase.target and c.i == verb.i + 1)
        through = next((c for c in bare if syntax.complement(c) is None), None)
        patient = arguments.surface_object(verb) if through is not None else None
        return (patient, through) if patient is not None else None  # "was picked on by Orr"
    for through in candidates:
        head = syntax.child(through, "pobj")
        if head is None:
            continue
        if head.lemma_.lower() in _LANDMARKS:
            inner = next(syntax.prepositions(head, frozenset(["of"])), None)
            owner = syntax.child(inner, "pobj") if inner is not None else None
            head = owner or syntax.child(head, "poss")
            if head is None:
                continue
        elif ANY in phrase.object and phrase.target == _AT:
            continue
        return head, through
    return None


def _is_before(preposition: Token, verb: Token) -> bool:
    """ "With the vote near, they put": an opening, as "the vicar, against whom they put" is not."""
    noun = syntax.child(preposition, "pobj")
    relative = noun is not None and noun.lower_ in syntax.RELATIVE
    return preposition.i < verb.i and not syntax.is_passive(verb) and not relative


def _is_date(preposition: Token) -> bool:
    time = syntax.child(preposition, "pobj")
    return time is not None and parties.is_time(time)


def _order(verb: Token, head: Token) -> Token | None:
    """What somebody is called on to do."""
    order = next(
        (c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > head.i), None
    )
    return order or next(
        (c for c in head.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None
    )


def _matter(
    verb: Token, places: Sequence[Token], phrase: PhraseCue, through: Token | None
) -> tuple[list[Characters], int | None]:
    holders = [h for place in places[:1] for h in holders_of(verb, place)]
    for place in [verb, *holders, *places[1:]]:
        for preposition in syntax.prepositions(place, phrase.content):
            found = syntax.complement(preposition)
            if found is None or preposition == through or parties.is_time(found):
                continue
            if preposition.i > verb.i or syntax.is_passive(verb):
                dropped = [through] if through is not None else []
                return (
                    without_agent(verb, found, dropped),
                    preposition.i if preposition.i > verb.i else None,
                )
    if ANY in phrase.object or HARM in phrase.object:
        first = places[1]
        return subtree(first, [through] if through is not None else []), None
    return [], None
