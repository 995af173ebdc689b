"""The dataset: the quads of all sources in their named graphs, with blank nodes named and derived triples made.

Begin with :func:`load`, for files, or :func:`gather`, for an endpoint. :mod:`blanknodes` names blank nodes by what they
say (:mod:`canonical` has the order within a component), :mod:`derive` runs the site's CONSTRUCT queries, :mod:`private`
takes out what is not to be published.
"""

from saite.graph.assemble import assemble, load
from saite.graph.blanknodes import Namer
from saite.graph.gather import gather
from saite.graph.private import public

__all__ = ["Namer", "assemble", "gather", "load", "public"]
