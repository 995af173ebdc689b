"""Tests of :mod:`saite.render.search`."""
