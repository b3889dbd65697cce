"""Words that the rules look for: of speech, of quantity, of comparison."""

SPEECH = frozenset(
    """
    say said says saying tell told tells telling state stated states claim claimed claims claiming
    according allege alleged alleges alleging allegation accuse accused accuses accusing accusation
    blame blamed blames blaming argue argued argues insist insisted insists maintain maintained
    maintains deny denied denies denying denial admit admitted admits write wrote writes report
    reported reports call called calls describe described describes believe believes believed think
    thinks thought warn warned warns announce announced announces add added adds explain explained
    explains note noted notes suggest suggested suggests reply replied replies respond responded
    condemn condemned condemns criticise criticised criticises criticize criticized denounce
    denounced denounces demand demanded demands urge urged urges ask asked asks promise promised
    promises pledge pledged vow vowed praise praised praises reject rejected rejects dismiss
    dismissed refute refuted acknowledge acknowledged concede conceded confirm confirmed testify
    testified agree agreed view opinion allegedly reportedly assert asserted contend contended
    declare declared contradict contradicted remark remarked recall recalled quote quoted fear
    fears feared hope hopes hoped charge charged complain complained complaint claims attribute
    attributed threaten threatened vows statement accusations allegations fault faulted regard
    pointed estimated reckoned observed joked commented emphasised stressed predicted answered
    retorted countered objected apologised express expressed voice voiced attack
    attacked hold holds held
    singled single find finds found
    """.split()
)

QUANTIFIERS = (
    frozenset("all every each both everyone everybody always anyone anybody whoever".split()),
    frozenset("most majority mostly largely mainly overwhelmingly".split()),
    frozenset("many numerous several dozens multiple lots often various".split()),
    frozenset("some somebody someone partly sometimes certain".split()),
    frozenset("few fewer rarely seldom".split()),
    frozenset("no none nobody neither never nothing not".split()),
    frozenset("only solely alone just merely except".split()),
)

COMPARING = frozenset(
    """
    smaller larger bigger greater higher lower older younger earlier later longer shorter faster
    slower heavier lighter better worse cheaper dearer stronger weaker warmer colder wetter drier
    smallest largest biggest greatest highest lowest oldest youngest longest shortest fastest
    slowest best worst cheapest strongest weakest below above beyond unlike likewise double half
    record unprecedented
    """.split()
)

REPORTING = frozenset(
    """
    say said says saying tell told tells telling state stated states claim claimed claims claiming
    according allege alleged alleges alleging argue argued argues insist insisted insists maintain
    maintained maintains deny denied denies admit admitted admits write wrote writes report reported
    reports believe believes believed think thinks thought warn warned warns announce announced
    announces add added adds explain explained explains note noted notes suggest suggested suggests
    reply replied replies accuse accused accuses blame blamed blames complain complained complains
    account view opinion words claims version statement reckon reckons reckoned
    """.split()
)

HEDGES = frozenset(
    """
    alleged allegedly reportedly apparently apparent seemingly suspected supposedly purportedly
    presumed unconfirmed seem seems seemed appear appears appeared suggest suggests suggested
    likely unlikely probably possibly perhaps maybe potentially claimed believed thought rumoured
    preliminary provisional estimated may might could draft proposed tentative
    """.split()
)

RANKING = frozenset(
    "record unprecedented smallest largest biggest greatest highest lowest oldest youngest longest"
    " shortest fastest slowest best worst cheapest strongest weakest".split()
)
