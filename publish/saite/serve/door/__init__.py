"""The production door: a built folder as the contract of docs/http.md answers it.

``published`` reads what a build has left (files, names) and knows when another build has taken its place;
``choices`` finds for a request what answers it; ``conditions`` holds RFC 9110's preconditions, ranges and codings;
``problems`` words refusals in the form that a client reads; ``application`` sends it all; ``server`` runs it.
"""
