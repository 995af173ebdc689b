"""Questions to a dataset: which dataset (``dataset``), which query and values (``asked``), which answer (``results``).

``counts`` tells what is in a dataset without a question; ``endpoint`` lets others ask over HTTP.
"""
