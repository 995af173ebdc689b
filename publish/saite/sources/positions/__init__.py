"""Where statements stand in files: asked only when there is a finding to place, for the store holds no positions.

:class:`Locator` is the door. Behind it there is a scanner for each format: :mod:`turtle` (with :mod:`lexer`),
:mod:`lines`, :mod:`rdfxml`, :mod:`jsonld` (with :mod:`jsontext`).
"""
