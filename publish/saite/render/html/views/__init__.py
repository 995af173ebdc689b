"""Views: what queries answer, drawn when the site is built; see docs/views.md.

``marks`` turns rows into what can be drawn; ``timeline``, ``chart``, ``network`` and ``plot`` lay it out and draw it
with a ``pen``; ``drawing`` makes an element or a file of that; ``pages`` has the pages of views. Layouts are plain
arithmetic, the same on every machine: no random numbers, no sets in an order of their own, no clocks.
"""

from saite.render.html.views.pages import DOCUMENT, ViewPages, view_files

__all__ = ["DOCUMENT", "ViewPages", "view_files"]
