"""A site that answers from its model: no folder is built, a file is made when somebody asks for it.

Begin at :class:`~saite.serve.live.answers.Live`, which a :class:`~saite.serve.door.application.Door` asks in place of a
built folder. ``around`` knows the files around one address: those of the resource whose document it is, which the
renderers promise; ``whole`` has the files of the whole, part by part; ``making`` makes what was promised.
"""
