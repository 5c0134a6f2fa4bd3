import pytest
from dataset_fixtures import BASE

from kg.dataset import Dataset


@pytest.fixture
def dataset(tmp_path):
    with Dataset.create(tmp_path / "kg-data", BASE) as made:
        yield made
