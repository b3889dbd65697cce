"""Cues with a target: accuse, blame, charge, condemn, praise, deny, demand, warn, in verbs and nouns."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import (
    CLAUSE,
    DENIED,
    NONE,
    OBJECT,
    Lexicon,
    NounCue,
    PhraseCue,
    VerbCue,
)
from index.attribution.frames import Characters, Frame, cue_span, subtree
from index.types import Stance

JUDGING = frozenset([Stance.ACCUSE, Stance.CONDEMN])
_ALLEGATIONS = frozenset(
    ["accusation", "allegation", "charge", "claim", "criticism", "complaint", "report", "rumour", "rumor", "suggestion", "insinuation", "assertion", "contention", "notion", "involvement", "wrongdoing", "responsibility", "knowledge", "role", "guilt", "link", "characterisation", "characterization", "indictment", "suspicion", "speculation", "statement", "version", "account", "fraud", "misconduct", "connection", "intent"]
)
_REJECTING = frozenset(
    ["reject", "refute", "rebut", "rebuff", "dispute", "dismiss", "contradict", "disavow", "disown"]
)
_FALSE = frozenset(
    [
        "false",
        "baseless",
        "groundless",
        "unfounded",
        "untrue",
        "lie",
        "lies",
        "nonsense",
        "fabricated",
        "fabrication",
        "absurd",
        "ridiculous",
        "propaganda",
        "rubbish",
        "malicious",
    ]
)
_NAMING = frozenset(
    [
        "call",
        "brand",
        "label",
        "dub",
        "term",
        "denounce",
        "describe",
        "declare",
        "deem",
        "condemn",
        "characterise",
        "characterize",
        "portray",
    ]
)
_CIRCUMSTANCES = frozenset(
    ["turn", "court", "statement", "letter", "interview", "speech", "print", "public", "report", "article", "return", "response", "tweet", "post", "fact", "part", "private", "year", "month", "week", "time", "past", "run-up", "wake", "debate", "case", "filing", "lawsuit", "parliament"]
)
_RECEIVING = frozenset(
    [
        "face",
        "draw",
        "receive",
        "attract",
        "suffer",
        "endure",
        "provoke",
        "trigger",
        "earn",
        "meet",
        "come",
    ]
)


def judgements(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    """The frames of a verb that is about somebody, empty when it is used in another sense."""
    lemma = verb.lemma_.lower()
    for phrase in lexicon.phrases.get(lemma, ()):
        frame = _phrase(verb, phrase, lexicon) if phrase.target != NONE else None
        if frame is not None:
            yield frame
            return
    if lemma in _NAMING:
        frame = _naming(verb, lexicon)
        if frame is not None:
            yield frame
            return
    if lemma == "blame":
        yield from _blame(verb, lexicon)
        return
    if lemma == "charge":
        yield from _charge(verb, lexicon)
        return
    for cue in lexicon.verbs.get(lemma, ()):
        frame = _verb(verb, cue, lexicon)
        if frame is not None:
            yield frame
            return


def mention(verb: Token, lexicon: Lexicon) -> Frame | None:
    """A verb that speaks of something, without a target: "refer to", "call for"."""
    for phrase in lexicon.phrases.get(verb.lemma_.lower(), ()):
        frame = _phrase(verb, phrase, lexicon) if phrase.target == NONE else None
        if frame is not None:
            return frame
    return None


def speakers_of(verb: Token, lexicon: Lexicon, *, strict: bool = False) -> tuple[Token, ...]:
    head = syntax.doer(verb)
    return admissible_speakers(head, lexicon, strict=strict)


def admissible_speakers(
    head: Token | None, lexicon: Lexicon, *, strict: bool = False
) -> tuple[Token, ...]:
    if head is None:
        return ()
    resolved = parties.resolve_relative(head)
    if resolved is None:
        return ()
    found = []
    for each in parties.conjuncts(resolved):
        if not parties.is_speakable(each):
            continue
        if strict and not (parties.is_party(each, lexicon) or parties.is_document(each, lexicon)):
            continue
        found.append(each)
    return tuple(found)


def targets_of(head: Token | None, lexicon: Lexicon, *, stance: Stance) -> tuple[Token, ...]:
    """The parties in an object; for a deed, whose deed it is."""
    if head is None:
        return ()
    resolved = parties.resolve_relative(head)
    if resolved is None:
        return ()
    found: list[Token] = []
    for each in parties.conjuncts(resolved):
        if not any(map(str.isalpha, each.text)):
            continue
        owner = syntax.child(each, "poss")
        if (
            owner is not None
            and stance in (Stance.CONDEMN, Stance.ACCUSE)
            and not parties.is_party(each, lexicon)
            and each.lemma_.lower() not in lexicon.words["suffered"]
            and parties.is_party(owner, lexicon)
            and owner.pos_ != "PRON"
        ):
            found.append(owner)
            continue
        found.append(each)
    return tuple(found)


def _matter(
    verb: Token, target: Token | None, words: frozenset[str]
) -> tuple[list[Characters], int | None]:
    """What for: the complement of the verb's preposition, also where it hangs on the target."""
    by = syntax.agent(verb) if syntax.is_passive(verb) else None
    places = [verb, *([by] if by is not None else [])]
    found_prepositions = [p for place in places for p in syntax.prepositions(place, words)]
    for preposition in sorted(found_prepositions, key=lambda p: (p.lower_ == "in", p.i)):
        if (
            target is None
            or preposition.i > target.i
            or verb.dep_ in ("relcl", "acl")
            or syntax.is_passive(verb)
        ):
            complement = syntax.complement(preposition)
            if complement is not None:
                if preposition.lower_ == "in" and (
                    complement.pos_ == "PROPN"
                    or complement.lower_ in _CIRCUMSTANCES
                    or complement.ent_type_ in ("DATE", "TIME")
                ):
                    continue
                return subtree(complement), preposition.i
    if target is not None:
        for node in [target, *(c for c in target.children if c.dep_ in ("conj", "appos"))]:
            for preposition in node.children:
                if (
                    preposition.dep_ == "prep"
                    and preposition.lower_ in words
                    and preposition.i > verb.i
                ):
                    if preposition.lower_ == "in":
                        continue
                    complement = syntax.complement(preposition)
                    if complement is not None and (preposition.lower_ != "of" or "of" in words):
                        return subtree(complement), preposition.i
        # a gerund or clause that the parser put beside the object
    for c in verb.children:
        if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i and (target is None or c.i > target.i):
            return subtree(c), None
    return [], None


def _is_about_somebody(head: Token, lexicon: Lexicon) -> bool:
    lemma = head.lemma_.lower()
    if parties.is_party(head, lexicon) or parties.is_document(head, lexicon):
        return True
    if lemma in lexicon.words["acts"] or lemma in lexicon.words["wrongs"]:
        return True
    owner = syntax.child(head, "poss")
    return (
        owner is not None
        and parties.is_party(owner, lexicon)
        and lemma not in ("hand", "head", "face", "car", "door")
    )


def _verb(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    if cue.target == OBJECT:
        return _transitive(verb, cue, lexicon)
    if cue.target == CLAUSE:
        return _clausal(verb, cue, lexicon)
    if cue.target == DENIED:
        return _denial(verb, lexicon)
    if isinstance(cue.target, frozenset):
        return _prepositional(verb, cue, lexicon)
    return None


def _transitive(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    head = syntax.surface_object(verb)
    if head is None and cue.stance in (Stance.DEMAND, Stance.WARN):
        head = _clause_subject(verb)
    if head is None or head.i == verb.i or verb.tag_ == "NN":
        return None
    if verb.dep_ == "amod" and not any(c.dep_ in ("agent", "prep") for c in verb.children):
        return None
    speakers = speakers_of(verb, lexicon, strict=cue.strict)
    targets = targets_of(head, lexicon, stance=cue.stance)
    content, limit = _matter(verb, head, cue.content)
    if cue.stance is Stance.DEMAND:
        order = next(
            (c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i),
            None,
        )
        if order is None:
            return None
        inner = syntax.child(order, "nsubj")
        content = subtree(order, [inner] if inner is not None and inner in targets else [])
        targets = tuple(t for t in targets if parties.is_party(t, lexicon))
    elif cue.stance is Stance.WARN:
        clause = next(
            (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None
        )
        if clause is not None:
            content = subtree(clause)
        if head.dep_ == "nsubj" and head.head.dep_ == "ccomp":
            targets = ()
        targets = tuple(t for t in targets if parties.is_party(t, lexicon))
        if not content and not targets:
            return None
    elif not content:
        content = subtree(head) if cue.stance in (Stance.CONDEMN, Stance.PRAISE) else []
        if syntax.is_passive(verb) and head.dep_ in ("nsubjpass", "nsubj"):
            content = subtree(head) if not parties.is_party(head, lexicon) else []
    if cue.strict and cue.stance in JUDGING:
        if not targets or not all(_is_about_somebody(t, lexicon) for t in targets):
            return None
        if verb.lemma_.lower() in lexicon.words["physical"] and limit is None and not _speaks(verb):
            abstract = all(
                t.lemma_.lower() in lexicon.words["acts"] for t in syntax_conjuncts(head)
            )
            if not abstract:
                return None
        if not speakers and not syntax.is_passive(verb):
            return None
    if (
        cue.stance is Stance.PRAISE
        and cue.strict
        and not any(_is_about_somebody(t, lexicon) for t in targets)
    ):
        return None
    if cue.stance is Stance.PRAISE and not speakers and not syntax.is_passive(verb):
        return None
    if verb.lemma_.lower() in ("back", "defend", "celebrate", "credit", "cheer") and not speakers:
        return None
    negated, hypothetical = syntax.polarity(verb, lexicon)
    return Frame(
        verb,
        cue.stance,
        cue_span(verb),
        speakers,
        targets,
        tuple(content),
        True,
        negated,
        hypothetical,
        limit,
    )


def syntax_conjuncts(head: Token) -> list[Token]:
    return list(parties.conjuncts(head))


def _speaks(verb: Token) -> bool:
    """Is there a quotation in the clause, or a place where one speaks?"""
    for token in verb.sent:
        if token.text in ("“", '"', "``", "‘"):
            return True
        if token.lower_ in (
            "interview",
            "speech",
            "statement",
            "twitter",
            "tweet",
            "letter",
            "editorial",
            "debate",
            "facebook",
            "verbally",
            "publicly",
            "critics",
        ):
            return True
    return False


def _clause_subject(verb: Token) -> Token | None:
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if clause is None:
        return None
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
    return subject if infinitive else None


def _culprit(clause: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    """Who did it, in the clause of an allegation; nobody when the clause is denied."""
    if any(c.dep_ == "neg" for c in clause.children) and clause.lemma_ in (
        "know",
        "see",
        "involve",
        "blame",
    ):
        return ()
    who = syntax.doer(clause)
    if who is None and syntax.is_passive(clause):
        return ()
    if who is None:
        return ()
    resolved = parties.resolve_relative(who)
    if resolved is None:
        return ()
    found = []
    for each in parties.conjuncts(resolved):
        owner = syntax.child(each, "poss")
        if parties.is_party(each, lexicon):
            found.append(each)
        elif (
            owner is not None
            and parties.is_party(owner, lexicon)
            and each.lemma_.lower() in lexicon.words["acts"]
        ):
            found.append(owner)
    return tuple(
        t for t in found if t.lower_ not in ("i", "we", "it", "one", "someone", "nobody", "you")
    )


def _clausal(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    speakers = speakers_of(verb, lexicon)
    patient = syntax.child(verb, "dobj")
    targets: tuple[Token, ...] = ()
    if clause is not None:
        content = subtree(clause)
        if cue.stance is Stance.ACCUSE:
            targets = _culprit(clause, lexicon)
        elif cue.stance is Stance.DEMAND:
            subject = syntax.child(clause, "nsubj")
            if (
                subject is not None
                and parties.is_party(subject, lexicon)
                and not syntax.is_passive(clause)
            ):
                targets = tuple(parties.conjuncts(subject))
    elif patient is not None and not syntax.is_passive(verb):
        content = subtree(patient)
        if cue.stance is Stance.ACCUSE:
            by = next(syntax.prepositions(patient, frozenset(["by", "against"])), None)
            found = syntax.complement(by) if by is not None else None
            targets = targets_of(found, lexicon, stance=cue.stance) if found is not None else ()
    else:
        return None
    if not speakers:
        return None
    negated, hypothetical = syntax.polarity(verb, lexicon)
    return Frame(
        verb,
        cue.stance,
        cue_span(verb),
        speakers,
        targets,
        tuple(content),
        True,
        negated,
        hypothetical,
    )


def _prepositional(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    assert isinstance(cue.target, frozenset)
    speakers = speakers_of(verb, lexicon, strict=True)
    if not speakers:
        return None
    for preposition in syntax.prepositions(verb, cue.target):
        head = syntax.child(preposition, "pobj")
        if head is None or head.ent_type_ in ("DATE", "TIME"):
            continue
        targets = targets_of(head, lexicon, stance=cue.stance)
        if cue.strict and not all(_is_about_somebody(t, lexicon) for t in targets):
            return None
        content, limit = _matter(verb, head, cue.content)
        negated, hypothetical = syntax.polarity(verb, lexicon)
        return Frame(
            verb,
            cue.stance,
            cue_span(verb),
            speakers,
            targets,
            tuple(content or subtree(head)),
            True,
            negated,
            hypothetical,
            limit,
        )
    if cue.stance is Stance.CONDEMN and verb.lemma_ == "protest":
        head = syntax.child(verb, "dobj")
        if head is not None and _is_about_somebody(head, lexicon):
            negated, hypothetical = syntax.polarity(verb, lexicon)
            return Frame(
                verb,
                cue.stance,
                cue_span(verb),
                speakers,
                targets_of(head, lexicon, stance=cue.stance),
                tuple(subtree(head)),
                True,
                negated,
                hypothetical,
            )
    return None


def _denial(verb: Token, lexicon: Lexicon) -> Frame | None:
    lemma = verb.lemma_.lower()
    speakers = speakers_of(verb, lexicon)
    if not speakers:
        return None
    patient = syntax.surface_object(verb)
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp")), None)
    targets: tuple[Token, ...] = ()
    content: list[Characters] = []
    if patient is not None and patient.pos_ in ("NOUN", "PROPN", "PRON"):
        content = subtree(patient)
        allegation = patient.lemma_.lower() in _ALLEGATIONS
        as_false = any(t.lower_ in _FALSE for t in verb.subtree)
        if lemma in _REJECTING and not allegation and not as_false:
            return None
        if lemma == "deny" and syntax.child(verb, "dative") is not None:
            return None
        targets = tuple(
            t
            for t in admissible_speakers(_noun_owner(patient), lexicon, strict=True)
            if t not in speakers
        )
        pronoun_owner = targets and targets[0].lower_ in ("his", "her", "their", "its", "my")
        if pronoun_owner or patient.lemma_.lower() in (
            "involvement",
            "role",
            "responsibility",
            "guilt",
            "knowledge",
            "wrongdoing",
        ):
            targets = ()
    elif clause is not None:
        content = subtree(clause)
    elif lemma != "deny":
        return None
    if not content:
        return None
    negated, hypothetical = syntax.polarity(verb, lexicon)
    return Frame(
        verb,
        Stance.DENY,
        cue_span(verb),
        speakers,
        targets,
        tuple(content),
        True,
        negated,
        hypothetical,
    )


def _blame(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    if (
        any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        and verb.head.lemma_ == "be"
    ):
        return
    speakers = speakers_of(verb, lexicon)
    negated, hypothetical = syntax.polarity(verb, lexicon)
    patient = syntax.surface_object(verb)
    on = next(syntax.prepositions(verb, frozenset(["on", "upon"])), None)
    if on is None and patient is not None:
        inside = (p for p in patient.subtree if p.dep_ == "prep" and p.lower_ in ("on", "upon"))
        on = next((p for p in inside if p.i > max(verb.i, patient.i)), None)
    culprit = syntax.child(on, "pobj") if on is not None else None
    if culprit is not None and culprit.ent_type_ not in ("DATE", "TIME") and culprit.i > verb.i:
        matter = subtree(patient, [on]) if patient is not None and on is not None else []
        targets = targets_of(culprit, lexicon, stance=Stance.SAY)
        targets += tuple(
            obj
            for c in (on.children if on is not None else ())
            if c.dep_ == "conj"
            for obj in [syntax.child(c, "pobj")]
            if obj is not None
        )
        yield Frame(
            verb,
            Stance.ACCUSE,
            cue_span(verb),
            speakers,
            targets,
            tuple(matter),
            True,
            negated,
            hypothetical,
        )
        return
    if patient is None:
        return
    content, limit = _matter(verb, patient, frozenset(["for", "over", "in"]))
    targets = targets_of(patient, lexicon, stance=Stance.SAY)
    yield Frame(
        verb,
        Stance.ACCUSE,
        cue_span(verb),
        speakers,
        targets,
        tuple(content),
        True,
        negated,
        hypothetical,
        limit,
    )


def _is_wrong(matter: Token, lexicon: Lexicon) -> bool:
    words = lexicon.words
    if matter.pos_ in ("VERB", "AUX"):
        return matter.lemma_.lower() in words["wrongdoing"] or any(
            t.lemma_.lower() in words["wrongs"] for t in matter.subtree
        )
    return any(
        t.lemma_.lower() in words["wrongs"] or t.lemma_.lower() in words["wrongdoing"]
        for t in matter.subtree
    )


def _charge(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    speakers = speakers_of(verb, lexicon)
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    negated, hypothetical = syntax.polarity(verb, lexicon)
    patient = syntax.surface_object(verb)
    if clause is not None and not syntax.is_passive(verb) and speakers:
        yield Frame(
            verb,
            Stance.ACCUSE,
            cue_span(verb),
            speakers,
            _culprit(clause, lexicon),
            tuple(subtree(clause)),
            True,
            negated,
            hypothetical,
        )
        return
    if patient is None:
        return
    for node in (verb, patient):
        for preposition in syntax.prepositions(node, frozenset(["with", "over", "for"])):
            matter = syntax.complement(preposition)
            if matter is None or preposition.i < verb.i or not _is_wrong(matter, lexicon):
                continue
            targets = tuple(
                t
                for t in targets_of(patient, lexicon, stance=Stance.SAY)
                if parties.is_party(t, lexicon)
            )
            if not targets:
                return
            yield Frame(
                verb,
                Stance.ACCUSE,
                cue_span(verb),
                speakers,
                targets,
                tuple(subtree(matter)),
                True,
                negated,
                hypothetical,
                preposition.i,
            )
            return


def _naming(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "called him a liar", "branded the council corrupt"."""
    head: Token | None = None
    label: Token | None = None
    clause = syntax.child(verb, "ccomp")
    if clause is not None and clause.pos_ != "VERB":
        head, label = syntax.child(clause, "nsubj"), clause
        if clause.pos_ == "AUX":
            return None
    if head is None:
        head = syntax.surface_object(verb)
        label = syntax.child(verb, "oprd", "attr")
        if label is None:
            through = next(syntax.prepositions(verb, frozenset(["as"])), None)
            label = syntax.complement(through) if through is not None else None
    if head is None or label is None or head == label:
        return None
    judged = {
        t.lemma_.lower()
        for t in [label, *(c for c in label.children if c.dep_ in ("amod", "compound", "conj"))]
    }
    if not judged & lexicon.words["slurs"]:
        return None
    speakers = speakers_of(verb, lexicon, strict=True)
    targets = tuple(
        t for t in targets_of(head, lexicon, stance=Stance.CONDEMN) if parties.is_party(t, lexicon)
    )
    if not speakers or not targets:
        return None
    negated, hypothetical = syntax.polarity(verb, lexicon)
    return Frame(
        verb,
        Stance.CONDEMN,
        cue_span(verb),
        speakers,
        targets,
        tuple(subtree(label)),
        True,
        negated,
        hypothetical,
        label.i if label.i > head.i else None,
    )


def _phrase(verb: Token, phrase: PhraseCue, lexicon: Lexicon) -> Frame | None:
    more: list[Token] = []
    fixed: Token | None = None
    if phrase.object:
        fixed = syntax.surface_object(verb)
        if (
            fixed is None
            or (fixed.lemma_.lower() not in phrase.object
            and fixed.lower_ not in phrase.object)
        ):
            return None
        more.append(fixed)
    if phrase.particle:
        particle = next(
            (
                c
                for c in verb.children
                if c.lower_ in phrase.particle
                and c.dep_ in ("prt", "advmod", "prep")
                and c.i > verb.i
            ),
            None,
        )
        if particle is None:
            return None
        more.append(particle)
    if phrase.complement:
        wanted = next(
            (
                t
                for t in verb.subtree
                if t.lower_ in phrase.complement
                and t.i > verb.i
                and (t.head == verb or t.head.head == verb)
                and t.dep_
                in ("acomp", "oprd", "ccomp", "xcomp", "amod", "advcl", "attr", "advmod", "dobj")
            ),
            None,
        )
        if wanted is None:
            return None
        fixed = wanted
        more.append(wanted)
    if phrase.via and not any(f" {via}" in f" {verb.sent.text.lower()}" for via in phrase.via):
        return None
    speakers = speakers_of(verb, lexicon, strict=True)
    head: Token | None = None
    content: list[Characters] = []
    limit: int | None = None
    if phrase.target == OBJECT:
        head = syntax.surface_object(verb)
        if head is None and phrase.complement and fixed is not None:
            head = syntax.child(fixed, "nsubj")
        if head is not None and head.lower_ in phrase.complement:
            head = None
        if head is None:
            return None
        sources = [verb, fixed] if fixed is not None else [verb]
    elif phrase.target == NONE:
        sources = [verb]
    else:
        assert isinstance(phrase.target, frozenset)
        places = [verb, *([fixed] if fixed is not None else [])]
        for place in places:
            through = next(
                (
                    p
                    for p in syntax.prepositions(place, phrase.target)
                    if p.i > verb.i or syntax.is_passive(verb)
                ),
                None,
            )
            if through is not None:
                head = syntax.child(through, "pobj")
                more += [through] if not phrase.object else []
                break
        if head is None or head.ent_type_ in ("DATE", "TIME"):
            return None
        sources = [verb, head, *([fixed] if fixed is not None else [])]
    for source in sources:
        if content:
            break
        for preposition in syntax.prepositions(source, phrase.content):
            found = syntax.complement(preposition)
            if found is not None and preposition.i > verb.i and found.ent_type_ not in ("DATE", "TIME"):
                content = subtree(found)
                limit = preposition.i
                break
    if phrase.target == NONE:
        if not content or not speakers:
            return None
        targets: tuple[Token, ...] = ()
        more = [p for p in syntax.prepositions(verb, phrase.content) if p.i == verb.i + 1]
    else:
        if phrase.stance is Stance.DEMAND and head is not None:
            order = next(
                (
                    c
                    for c in verb.children
                    if c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > head.i
                ),
                None,
            )
            order = order or next(
                (c for c in head.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None
            )
            content = subtree(order) if order is not None else content
            if not parties.is_party(head, lexicon):
                return None
        targets = targets_of(
            head, lexicon, stance=Stance.SAY if phrase.stance is Stance.ACCUSE else phrase.stance
        )
        if phrase.stance in JUDGING and not all(_is_about_somebody(t, lexicon) for t in targets):
            return None
        if not content and head is not None and phrase.stance is not Stance.ACCUSE:
            content = subtree(head)
    negated, hypothetical = syntax.polarity(verb, lexicon)
    more = [m for m in more if m.i > verb.i and m.i - verb.i <= 4]
    return Frame(
        verb,
        phrase.stance,
        cue_span(verb, *more),
        speakers,
        targets,
        tuple(content),
        True,
        negated,
        hypothetical,
        limit,
    )


def _noun_owner(noun: Token) -> Token | None:
    owner = syntax.child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in noun.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("by", "from"):
            found = syntax.child(preposition, "pobj")
            if found is not None:
                return found
    # "accusations of fraud by Korin"
    for preposition in noun.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "against"):
            inner = syntax.child(preposition, "pobj")
            for second in inner.children if inner is not None else ():
                if second.lower_ in ("by", "from") and second.dep_ in ("prep", "agent"):
                    return syntax.child(second, "pobj")
    made = syntax.child(noun, "acl")
    if made is not None and made.tag_ == "VBN":
        return syntax.agent(made)
    return None


def nominal(noun: Token, cue: NounCue, lexicon: Lexicon) -> Frame | None:
    """ "Korin's criticism of the board", "accusations against the bank by regulators"."""
    owner = _noun_owner(noun)
    through = next(syntax.prepositions(noun, cue.target), None)
    head = syntax.child(through, "pobj") if through is not None else None
    clause = next(
        (c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i), None
    )
    that = clause is not None and (
        any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children) or clause.tag_ == "VB"
    )
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass", "pobj") else None
    if (
        owner is None
        and verb is not None
        and noun.dep_ == "pobj"
        and verb.lower_ in ("from", "under")
    ):
        verb = verb.head
    if owner is None and verb is not None and verb.lemma_ in _RECEIVING and cue.stance in JUDGING:
        source = next(syntax.prepositions(verb, frozenset(["from", "by"])), None)
        if source is not None:
            owner = syntax.child(source, "pobj")
            head = head or syntax.surface_subject(verb)
    if owner is None:
        return None
    speakers = admissible_speakers(owner, lexicon, strict=True)
    if not speakers:
        return None
    targets: tuple[Token, ...] = ()
    content: list[Characters] = []
    if clause is not None and that:
        content = subtree(clause)
        if cue.stance is Stance.ACCUSE and head is None:
            targets = _culprit(clause, lexicon)
    elif clause is not None and cue.stance not in JUDGING and clause.dep_ == "relcl":
        clause = None
    if head is not None:
        targets = targets_of(head, lexicon, stance=cue.stance)
        if cue.stance in JUDGING and not all(_is_about_somebody(t, lexicon) for t in targets):
            targets = ()
    if not content:
        for word in ("of", "for", "over", "about", "in", "to"):
            if word not in cue.content and word not in cue.target:
                continue
            preposition = next(syntax.prepositions(noun, frozenset([word])), None)
            found = syntax.complement(preposition) if preposition is not None else None
            if found is not None:
                content = subtree(found)
                break
    if cue.stance in JUDGING and not targets and not content:
        return None
    if cue.stance not in JUDGING and not content:
        return None
    if cue.stance is Stance.PRAISE and not targets:
        return None
    denied = any(
        c.dep_ in ("det", "neg") and c.lower_ in ("no", "any", "without") for c in noun.children
    )
    governor = noun.head
    hypothetical = governor.pos_ in ("VERB", "AUX") and any(
        c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "unless", "whether")
        for c in governor.children
    )
    return Frame(
        noun,
        cue.stance,
        cue_span(noun),
        speakers,
        targets,
        tuple(content),
        True,
        denied,
        hypothetical,
    )
