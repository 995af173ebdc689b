"""The reconciliation service of a site: what a door mounts at ``/reconcile``."""

from saite.serve.reconcile.limits import Limits
from saite.serve.reconcile.service import Reconciliation
from saite.serve.sparql.endpoint import Endpoint
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore


def reconciliation(endpoint: Endpoint, site: Site | None = None, limits: Limits | None = None) -> Reconciliation:
    """A service over the data of an endpoint, also over those that it is given anew.

    Args:
        endpoint: whose data are meant; it is not asked itself.
        site: the model of its data, if there is one and it stays; else it is made when somebody asks first.
        limits: of requests.
    """

    def made() -> Site:
        dataset = endpoint.dataset
        return build_site(EmbeddedStore.open(dataset.store), dataset.config, answers={})

    config = endpoint.dataset.config
    return Reconciliation(
        version=lambda: endpoint.dataset,
        site=made if site is None else lambda: site,
        languages=lambda: endpoint.dataset.config.languages,
        limits=limits,
        address=config.url,
    )
