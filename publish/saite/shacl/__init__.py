"""SHACL over a store, set by set: a library of its own within Saite (docs/shacl.md).

Begin with :func:`validate`. :mod:`shapesgraph` indexes the shapes graph, :mod:`shapes` makes each shape ready with
its :mod:`components` (SHACL Core) and :mod:`sparql` constraints, :mod:`engine` judges all focus nodes of a shape at
once over the columns of :mod:`datagraph`. :mod:`reference` is pySHACL, by which all is measured, and to which goes what
cannot be judged set by set.
"""

from saite.shacl.engine import ENGINES, validate
from saite.shacl.report import Report, Result
from saite.shacl.shapesgraph import ShapesGraph

__all__ = ["ENGINES", "Report", "Result", "ShapesGraph", "validate"]
