from saite.render import renderers
from saite.terms import NamedNode, Quad

from .fakes import config, fake_site
from .graphs import EX

S = NamedNode(EX + "s")


def test_a_site_gets_the_formats_that_it_names() -> None:
    """In the order in which files depend on each other, whatever the order in the settings; names are always listed."""
    site = fake_site(config(formats=("dumps", "turtle", "ntriples")), [Quad(S, S, S)])
    names = [type(renderer).__name__ for renderer in renderers(site)]
    assert names == ["TurtleRenderer", "NTriplesRenderer", "Dumps", "Sums", "Names"]
