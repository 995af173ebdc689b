"""Pages before judges that we did not write: the Nu HTML checker, axe-core, Lighthouse; and the journeys of users.

``package-lock.json`` names the judges with their digests; ``make judges`` fetches them into ``node_modules/``.
Begin at :mod:`tests.judges.pages`, which finds in a built site the pages that are worth judging, and at the tests.
"""
