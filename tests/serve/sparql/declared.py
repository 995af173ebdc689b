"""What the W3C's tests of the SPARQL 1.1 protocol and service description mean for an endpoint that only reads.

The reference page of the endpoint has a table of this; a test holds it against the manifests.
"""

_UPDATE = "changes the data, which this endpoint never does; it answers 403"

NOT_APPLICABLE = {
    "update_dataset_default_graph": _UPDATE,
    "update_dataset_default_graphs": _UPDATE,
    "update_dataset_named_graphs": _UPDATE,
    "update_dataset_full": _UPDATE,
    "update_post_form": _UPDATE,
    "update_post_direct": _UPDATE,
    "update_base_uri": _UPDATE,
}
"""Tests of the protocol that expect an update to be carried out."""

PASSED = (
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
)
"""The other tests of the protocol."""

DESCRIPTION = ("returns-rdf", "has-endpoint-triple", "conforms-to-schema")
"""The tests of service descriptions; all apply."""
