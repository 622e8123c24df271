import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from hypothesis import settings

mpl.use("Agg")

# The same examples on every machine, so that a test passes or fails for all alike; to look for new ones, run
# with --hypothesis-profile=explore.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=500, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _close_figures():
    """Charts made by pyplot stay open until somebody closes them."""
    yield
    plt.close("all")
