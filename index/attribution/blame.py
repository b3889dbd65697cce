"""Verbs of accusing with a syntax of their own: blame and charge."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.agents import agent
from index.attribution.clauses import host_clause
from index.attribution.cues import Lexicon
from index.attribution.culprits import culprits
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.matters import behind_agent, holders_of, matter_of
from index.attribution.roles import (
    broken_off_by,
    is_answerable,
    speakers_of,
    targets_of,
    whose_act,
)
from index.types import Stance

_NEAR = 40
_REPLIES = frozenset(["answer", "reply", "response", "retort", "return", "riposte", "turn"])
_QUOTES = frozenset(['"', "“", "``", "‘", "'"])


def blame(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    """ "blame X for Y", "blame Y on X". Blame put on the weather is a report, not an accusation."""
    if (
        any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
        and verb.head.lemma_ == "be"
        and syntax.child(verb.head, "acomp") is None
    ):
        return
    patient = arguments.surface_object(verb)
    if patient is not None and patient.lower_ == "it" and _is_blamed_thing(patient, lexicon):
        return
    words = frozenset(["on", "upon"])
    on = next((p for p in syntax.prepositions(verb, words) if not _is_when(p)), None)
    blamed = patient if patient is not None else _what_happened(verb)
    if on is None and blamed is not None:
        inside = (p for p in blamed.subtree if p.dep_ == "prep" and p.lower_ in words)
        inside = (p for p in inside if p.i > max(verb.i, blamed.i) and not _is_when(p))
        inside = (p for p in inside if not _is_added(p, blamed))
        on = _last_culprit(inside, lexicon) if patient is None else next(inside, None)
    culprit = syntax.child(on, "pobj") if on is not None else None
    limit: int | None = None
    if (
        culprit is not None
        and patient is not None
        and is_answerable(patient, lexicon)
        and not is_answerable(culprit, lexicon)
    ):
        culprit = None  # "blames me on the radio": where, not on whom
    if (
        on is not None
        and culprit is not None
        and culprit.i > verb.i
        and culprit.ent_type_ not in ("DATE", "TIME")
    ):
        content = subtree(blamed, [on]) if blamed is not None else []
        targets = targets_of(culprit, lexicon, stance=Stance.SAY)
        joined = (syntax.child(c, "pobj") for c in on.children if c.dep_ == "conj")
        targets += tuple(t for t in joined if t is not None)
        whole = subtree(blamed) if blamed is not None else []
    elif patient is not None:
        content, limit = matter_of(verb, patient, frozenset(["for", "over", "in"]))
        targets = targets_of(patient, lexicon, stance=Stance.SAY)
        whole = subtree(patient) + content
    else:
        return
    targets = tuple(whose_act(t, lexicon) or t for t in targets)
    answerable = tuple(t for t in targets if is_answerable(t, lexicon))
    speakers = speakers_of(verb, lexicon)
    stance = Stance.ACCUSE if answerable else Stance.SAY
    if not answerable and (not speakers or syntax.is_passive(verb)):
        return
    yield framed(
        verb, lexicon, stance, speakers, answerable, content if answerable else whole, limit=limit
    )


def _is_added(preposition: Token, blamed: Token) -> bool:
    """ "blamed the rules, which insist on it": within what is only added."""
    clause = next((c for c in blamed.rights if c.dep_ == "relcl"), None)
    if clause is None or clause.left_edge.nbor(-1).text != ",":
        return False
    return bool(clause.is_ancestor(preposition) and preposition.nbor(-1).text != ",")


def _is_blamed_thing(it: Token, lexicon: Lexicon) -> bool:
    """ "It is easy to blame the rain. She blamed it again": the rain, so nobody."""
    for earlier in reversed(it.doc[max(0, it.i - _NEAR) : it.i - 1]):
        if earlier.lemma_ == "blame" and earlier.pos_ == "VERB":
            thing = syntax.child(earlier, "dobj")
            return thing is not None and not is_answerable(thing, lexicon)
    return False


def _what_happened(verb: Token) -> Token | None:
    """The clause in "blamed what happened to the bees on the miller"."""
    clause = syntax.child(verb, "ccomp")
    told = clause is not None and clause.left_edge.i == verb.i + 1
    return clause if told and verb.nbor(1).lower_ in ("what", "how") else None


def _last_culprit(prepositions: Iterable[Token], lexicon: Lexicon) -> Token | None:
    """The last preposition that leads to somebody: the one before it belongs to what happened."""
    led = [(p, syntax.child(p, "pobj")) for p in prepositions]
    found = [p for p, noun in led if noun is not None and is_answerable(noun, lexicon)]
    return found[-1] if found else None


def _is_when(preposition: Token) -> bool:
    time = syntax.child(preposition, "pobj")
    return time is not None and parties.is_time(time)


def charge(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    """ "charged the clerk with theft", "taxed her with hypocrisy"; not with a task or a fee."""
    speakers = speakers_of(verb, lexicon) or broken_off_by(verb, lexicon)
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    host = host_clause(verb) if clause is None else None
    patient = arguments.surface_object(verb)
    taxed = verb.lemma_ in lexicon.words["taxing"]
    if clause is not None and not syntax.is_passive(verb) and speakers and not taxed:
        yield framed(
            verb, lexicon, Stance.ACCUSE, speakers, culprits(clause, lexicon), subtree(clause)
        )
        return
    if host is not None and speakers and not taxed:
        told = subtree(host, [verb])
        yield framed(verb, lexicon, Stance.ACCUSE, speakers, culprits(host, lexicon), told)
        return
    if patient is None:
        return
    words = frozenset(["with", "over", "for"])
    for node in (verb, *holders_of(verb, patient), *_dates(verb), *_clauses(patient), None):
        for preposition in (
            behind_agent(verb, words) if node is None else syntax.prepositions(node, words)
        ):
            matter = syntax.complement(preposition)
            if (
                matter is None
                or preposition.i < verb.i
                or _is_combated(matter, lexicon)
                or not (
                    _is_failing(matter, lexicon)
                    or (not taxed and is_wrong(matter, lexicon, preposition))
                    or _is_deed(matter, preposition, verb, lexicon)
                    or (not taxed and _is_offence(matter, lexicon, preposition, patient))
                )
            ):
                continue
            if taxed and preposition.lower_ != "with":
                continue
            targets = tuple(
                t
                for t in targets_of(patient, lexicon, stance=Stance.SAY)
                if parties.is_party(t, lexicon)
            )
            if not targets:
                return
            yield framed(
                verb,
                lexicon,
                Stance.ACCUSE,
                speakers,
                targets,
                subtree(matter),
                limit=preposition.i,
            )
            return
    officers = [s for s in speakers if s.lemma_.lower() in lexicon.words["charging"]]
    if officers and patient.ent_type_ == "PERSON" and not taxed and not syntax.is_passive(verb):
        yield framed(
            verb,
            lexicon,
            Stance.ACCUSE,
            speakers,
            targets_of(patient, lexicon, stance=Stance.SAY),
            (),
        )


def _dates(verb: Token) -> Iterator[Token]:
    """ "charged in May with theft": the parser may hang the charge on the month."""
    for preposition in verb.children:
        date = syntax.child(preposition, "pobj") if preposition.dep_ == "prep" else None
        if date is not None and date.ent_type_ in ("DATE", "TIME"):
            yield from (preposition, date)


def _clauses(patient: Token) -> Iterator[Token]:
    """ "charged two men held on Friday with arson": the parser may hang the charge on "held"."""
    for clause in patient.rights:
        if clause.dep_ in ("acl", "relcl"):
            yield from (clause, *(t for t in clause.subtree if t.dep_ == "pobj"))


def is_wrong(matter: Token, lexicon: Lexicon, preposition: Token) -> bool:
    """Is it something that one is accused of rather than trusted with?"""
    words = lexicon.words
    if matter.tag_ == "VBN" and any(c.lower_ == "having" for c in matter.children):
        return True  # no duty lies in the past: "charged them with having built"
    if preposition.lower_ == "over":
        return any(t.lemma_.lower() in words["wrongs"] | words["harms"] for t in matter.subtree)
    wrongful = words["faults"] | words["illicit"]
    done = (t for c in matter.rights if c.dep_ == "dobj" for t in c.lefts)
    if any(t.lower_ in wrongful for t in [*matter.lefts, *done]):
        return True  # "improper conduct", "making false statements"
    if matter.lemma_.lower() in words["trusts"]:
        return False  # "with the task of ending theft"
    inside = [t for t in matter.subtree if t.pos_ != "VERB" or t.lemma_ not in words["tasks"]]
    stems = {t.lemma_.lower() for t in inside} | {syntax.whole_word(matter)}
    stems |= {
        stem
        for t in inside
        if t.i <= matter.i and t.lower_.endswith("ing")
        for stem in (t.lower_[:-3], t.lower_[:-3] + "e")
    }
    if stems & (words["wrongs"] | words["wrongdoing"]):
        return True
    deed = matter.tag_ == "VBG" and matter.lemma_.lower() not in words["tasks"]
    return deed and any(t.lemma_.lower() in words["legal"] for t in matter.doc)


def _is_failing(matter: Token, lexicon: Lexicon) -> bool:
    """ "with ignorance of the facts", "with a want of candour"."""
    words = lexicon.words
    if matter.pos_ == "VERB" and matter.lemma_ in words["tasks"]:
        return False  # "counting", as against "two counts of theft"
    lemmas = {t.lemma_.lower() for t in parties.conjuncts(matter)} | {syntax.whole_word(matter)}
    if lemmas & (words["failings"] | words["wrongs"] | words["culpable"]):
        return True
    if matter.tag_ == "VBN" and any(c.lower_ == "having" for c in matter.children):
        return True
    lacked = next(syntax.prepositions(matter, frozenset(["of"])), None)
    return matter.pos_ == "NOUN" and bool(lemmas & words["wants"]) and lacked is not None


def _is_combated(matter: Token, lexicon: Lexicon) -> bool:
    """ "charged with tackling corruption": a task, whatever it is about."""
    deed = (
        matter if matter.tag_ == "VBG" else next((t for t in matter.lefts if t.tag_ == "VBG"), None)
    )
    return deed is not None and deed.lemma_.lower() in lexicon.words["combating"]


def _is_deed(matter: Token, preposition: Token, verb: Token, lexicon: Lexicon) -> bool:
    """ "charged Orr with claiming a catch": by somebody, of what nobody is trusted with."""
    return (
        preposition.lower_ == "with"
        and (matter.tag_ == "VBG" or _is_quoted(matter))
        and (agent(verb) is not None or not syntax.is_passive(verb))
        and (matter.lemma_.lower() not in lexicon.words["tasks"] or _is_answer(verb))
    )


def _is_answer(verb: Token) -> bool:
    """ "Orr, in reply, charged him with protecting a friend": nobody is given a task in reply."""
    replies = (p for p in verb.lefts if p.dep_ == "prep" and p.lower_ in ("in", "by"))
    found = (syntax.child(p, "pobj") for p in replies)
    return any(t is not None and t.lower_ in _REPLIES for t in found)


def _is_quoted(matter: Token) -> bool:
    start = matter.left_edge.i
    return any(t.text in _QUOTES for t in matter.doc[max(0, start - 1) : start + 1])


def _is_offence(matter: Token, lexicon: Lexicon, preposition: Token, patient: Token) -> bool:
    """Is it what somebody with a name is charged with in a text about a court?"""
    words = lexicon.words
    return (
        preposition.lower_ == "with"
        and patient.pos_ == "PROPN"
        and matter.pos_ == "NOUN"
        and not any(t.tag_ == "VBG" for t in matter.lefts)
        and not {t.lemma_.lower() for t in matter.subtree} & (words["tasks"] | words["trusts"])
        and any(t.lemma_.lower() in words["legal"] for t in matter.doc)
    )
