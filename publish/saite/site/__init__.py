"""What each page says, in site terms: no HTML, no serialization, no store once the tables are made.

Read :mod:`saite.site.model` first: the values that renderers take. :func:`build_site` makes them:

- :mod:`scan` reads the store once; :mod:`draft` makes the :mod:`tables` from it: :mod:`labels`, :mod:`addresses`,
  :mod:`links` (who points here), :mod:`folds` (nodes without a page), :mod:`order`; :mod:`blanks` says to whom
  blank nodes belong;
- :mod:`description` collects what belongs to a resource, :mod:`page` makes a resource of it, with
  :mod:`statements` beside the values that they speak of: a pure function of tables and description; most resources
  take the short way of :mod:`content`;
- :mod:`triples` are a description as the RDF forms want it, in the order of :mod:`reading`;
- :mod:`listings`, with their :mod:`facets`, and :mod:`queries` are the pages about many resources; :mod:`build` puts
  all together.
"""

from saite.site.build import BuiltSite, build_site

__all__ = ["BuiltSite", "build_site"]
