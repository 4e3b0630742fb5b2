"""What tests of the web share: a site on this machine."""

from collections.abc import Iterator

import pytest

from tests.corpus.web.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served
