from tests.site.graphs import site_of

from saite.render import renderers
from saite.render.pieces import Telling, offered
from saite.terms import NamedNode, Quad

from .fakes import config, fake_site
from .graphs import EX

S = NamedNode(EX + "s")


def test_a_site_gets_the_formats_that_it_names() -> None:
    """In the order in which files depend on each other, whatever the order in the settings; names are always listed."""
    site = fake_site(config(formats=("dumps", "turtle", "ntriples")), [Quad(S, S, S)])
    names = [type(renderer).__name__ for renderer in renderers(site)]
    assert names == ["TurtleRenderer", "NTriplesRenderer", "Dumps", "Sums", "Citations", "Linksets", "Names"]
    site = fake_site(config(formats=("turtle",), linksets=(), citations="none"), [Quad(S, S, S)])
    assert [type(renderer).__name__ for renderer in renderers(site)] == ["TurtleRenderer", "Sums", "Names"]


def test_what_will_be_made_is_told_before_it_is() -> None:
    """The list of names, the link sets and the pages know each dump, though none is made."""
    for formats, count in ((("dumps", "html"), 12), (("turtle",), 0)):
        makers = renderers(site_of(":a rdfs:label 'a' .", formats=formats))
        told = [maker.offered() for maker in makers if isinstance(maker, Telling)]
        assert len(told) >= 2
        assert {len(offered) for offered in told} == {count}
    assert told[0] == ()
    [first, *_] = renderers(site_of(":a rdfs:label 'a' .", formats=("dumps",)))
    assert offered([first])[:2] == [
        ("dump/example.org.jsonld", "application/ld+json"),
        ("dump/example.org.jsonld.gz", "application/gzip"),
    ]
