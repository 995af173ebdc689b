"""The server door for artifacts: begin at :class:`~saite.serve.preview.Preview`.

``preview`` shows a site while it is written; ``negotiate`` finds the representation that a client wants most;
``pages`` holds what only the preview shows. Nothing is imported here, so that commands that do not serve start fast.
"""
