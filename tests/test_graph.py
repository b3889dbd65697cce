import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from index.errors import AscribeError
from index.graph import Arrow, Graph, Relation, alt_text, graph_of
from index.graph_picture import bounds, draw, lay_out
from index.ledger import Line
from index.types import Stance


def line(row, speaker, target, stance=Stance.ACCUSE, *, claim=None, document=1, **flags):
    return Line(
        row=row, claim=claim or row, stance=stance, explicit=flags.get("explicit", True),
        negated=flags.get("negated", False), hypothetical=flags.get("hypothetical", False),
        document=document, position=row, published=None, speaker=speaker,
        speaker_key=speaker and speaker.lower(),
        target=target, target_key=target and target.lower(),
    )  # fmt: skip


def arrows(*lines, **options):
    return {(a.source, a.target, a.relation): a.count for a in graph_of(lines, **options).arrows}


def test_arrows_count_reports_and_reprints_once():
    assert arrows(
        line(1, "Ada", "Ben"), line(2, "Ada", "Ben"), line(3, "Ada", "Ben", claim=2),
        line(4, "Ada", "Ben", explicit=False), line(5, "Ada", "Ben", Stance.SAY),
    ) == {("ada", "ben", Relation.ACCUSES): 2, ("ada", "ben", Relation.IMPLIES): 1}  # fmt: skip


def test_what_is_no_fact_or_names_nobody_is_left_out_and_counted():
    graph = graph_of(
        [
            line(1, "Ada", "Ben", negated=True),
            line(2, "Ada", "Ben", hypothetical=True),
            line(3, "She", "Ben"),
            line(4, "Ada", "us"),
            line(5, None, "Ben"),
            line(6, "Ada", "Ada"),
        ]
    )
    assert graph.arrows == ()
    assert graph.nameless == 4


def test_a_denial_goes_to_those_who_accuse_in_the_same_document():
    assert arrows(
        line(1, "Ada", "Ben"),
        line(2, "Ben", None, Stance.DENY),
        line(3, "Cleo", "Ben", document=2),
        line(4, "Dov", None, Stance.DENY),
        line(5, "Ben", "Dov", Stance.DENY),
    ) == {
        ("ada", "ben", Relation.ACCUSES): 1,
        ("cleo", "ben", Relation.ACCUSES): 1,
        ("ben", "ada", Relation.DENIES): 1,
        ("ben", "dov", Relation.DENIES): 1,
    }


def test_of_too_many_parties_the_busiest_stay():
    lines = [line(i, f"Speaker {i}", "Ben") for i in range(70)]
    lines += [line(100 + i, "Ada", "Ben") for i in range(3)]
    graph = graph_of(lines, most=10)
    assert len(graph.parties) == 10
    assert {"ada", "ben"} <= graph.parties.keys()
    assert graph.left_out == 62


def test_the_words_for_who_cannot_see_it_name_every_arrow():
    words = alt_text(graph_of([line(1, "Ada", "Ben"), line(2, "Ada", "Ben")]))
    assert words == "A graph of who accuses whom: Ada accuses Ben (2 times)."
    assert "empty" in alt_text(graph_of([]))


def made(parties, pairs):
    keys = [f"p{i}" for i in range(parties)]
    return Graph(
        {key: f"The party called {key} of somewhere" for key in keys},
        tuple(
            Arrow(keys[a % parties], keys[b % parties], relation, 1 + a)
            for a, b, relation in pairs
            if a % parties != b % parties
        ),
    )


@pytest.mark.parametrize("parties", [2, 3, 12, 60])
def test_a_picture_shows_every_party_in_both_formats(tmp_path, parties):
    pairs = [(i, i * 7 + 1, list(Relation)[i % 3]) for i in range(parties + 5)]
    graph = made(parties, pairs)
    assert "parties" in draw(tmp_path / "g.png", graph)
    draw(tmp_path / "g.svg", graph)
    with Image.open(tmp_path / "g.png") as image:
        assert min(image.size) > 200
        assert len(image.convert("L").getcolors(256)) > 10
    words = " ".join(etree.parse(tmp_path / "g.svg").getroot().itertext())
    assert all(f"called {key}" in words or f"{key} of" in words for key in graph.parties)
    assert "denies" in words


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 25),
    st.lists(
        st.tuples(st.integers(0, 24), st.integers(0, 24), st.sampled_from(list(Relation))),
        max_size=40,
    ),
)
def test_no_two_labels_overlap(parties, pairs):
    boxes = list(lay_out(made(parties, pairs)).values())
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart_x = abs(a.x - b.x) >= a.width + b.width
            apart_y = abs(a.y - b.y) >= a.height + b.height
            assert apart_x or apart_y
    left, bottom, right, top = bounds(boxes)
    assert all(left <= box.x <= right and bottom <= box.y <= top for box in boxes)


def test_an_unknown_format_or_an_empty_graph_is_told_in_a_sentence(tmp_path):
    with pytest.raises(AscribeError, match=r"\.svg or a \.png"):
        draw(tmp_path / "g.gif", made(2, [(0, 1, Relation.ACCUSES)]))
    with pytest.raises(AscribeError, match="nothing to draw"):
        draw(tmp_path / "g.png", Graph({}, ()))


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_names_that_the_font_lacks_or_that_look_like_formulas_are_drawn(tmp_path, suffix):
    names = ["王小明", "Cash $100 $x^2$", "$", "Team 🔥", "a\x07b"]
    parties = {name: name for name in names}
    arrows = tuple(Arrow(a, b, Relation.ACCUSES, 2) for a, b in itertools.pairwise(names))
    path = tmp_path / f"odd{suffix}"
    assert "5 parties" in draw(path, Graph(parties, arrows))
    assert suffix == ".png" or "Cash $100 $x^2$" in path.read_text("utf-8")
