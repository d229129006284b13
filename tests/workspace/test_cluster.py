"""A Dask cluster of two processes writes the same file as this machine alone."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.workspace.cluster import cluster_at
from annotator.workspace.predicting import predict_file

distributed = pytest.importorskip("distributed", reason="Dask is an extra, and not installed here")
TEXT = "The ferry will stop in May, {0} told the Harbour Post. “Nobody asked us,” Captain Ida Brandt said."


def test_the_file_is_the_same_as_without_a_cluster(tmp_path: Path):
    source = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": f"a{at}", "text": TEXT.format(f"{at + 2} people")}) for at in range(70)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    assert predict_file(source, here, processes=1)[0] == 70
    with warnings.catch_warnings():
        # what Dask's own parts say of each other while they come and go is not our word
        warnings.simplefilter("ignore")
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        )
        with cluster:
            engine = "dask://" + cluster.scheduler_address.removeprefix("tcp://")
            done = predict_file(source, there, engine=engine)
    assert done[0] == 70
    assert there.read_bytes() == here.read_bytes()


@pytest.mark.parametrize("engine", ["spark://host:1", "dask://", "dask://host", "dask://host:x", "host:8786"])
def test_an_engine_that_is_none_is_refused_before_anything_is_written(engine: str, tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "text": "Nothing."}) + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match="dask://HOST:PORT"):
        predict_file(source, tmp_path / "out.jsonl", engine=engine)
    assert not (tmp_path / "out.jsonl").exists()


def test_the_schedulers_address_is_understood():
    assert cluster_at("dask://cluster.example:8786") == "tcp://cluster.example:8786"
