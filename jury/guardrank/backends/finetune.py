"""`finetune`: a transformers sequence classifier, trained on the user's GPU (or patiently on the CPU). An extra.

`JURY_FINETUNE` names the folder of the model to start from: its `config.json`, `tokenizer.json` and, if it has weights,
`model.safetensors`; without weights it starts from random ones. Nothing is fetched, and no code from the folder runs.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.errors import InputError
from jury.guardrank.backends.registry import BACKENDS, Answers, Arrays, Rows, Scores
from jury.guardrank.reading import Reading

#: Where the model to start from is named, and how many rounds, answers at once and tokens; what AdamW steps by.
FOLDER, EPOCHS = "JURY_FINETUNE", "JURY_FINETUNE_EPOCHS"
BATCH, TOKENS, STEP = 16, 512, 2e-5

#: The most that rare answers weigh beside common ones.
HEAVIEST = 20.0

#: What is in an archive beside weights: the configuration and the tokenizer, as bytes of JSON.
CONFIG, TOKENIZER = "config.json", "tokenizer.json"


@dataclass(frozen=True)
class Pairs:
    """Readings as pairs of texts: the scene and the answer."""

    scenes: NDArray[Any]
    answers: NDArray[Any]

    def __len__(self) -> int:
        return len(self.scenes)

    def __getitem__(self, rows: Rows) -> "Pairs":
        return Pairs(self.scenes[rows], self.answers[rows])


@dataclass(frozen=True)
class Classifier:
    """A network and its tokenizer, with what they were made from."""

    network: Any
    tokenizer: Any
    config: str
    words: str

    def scores(self, encoded: Pairs) -> Scores:
        """Log-odds, uncalibrated: shape (readings, questions)."""
        import torch

        self.network.eval()
        found = []
        with torch.inference_mode():
            for start in range(0, len(encoded), BATCH):
                batch = encoded[np.arange(start, min(start + BATCH, len(encoded)))]
                found.append(self.network(**_tokens(self, batch)).logits.float().cpu().numpy())
        return np.concatenate(found).astype(np.float64) if found else np.zeros((0, self.network.config.num_labels))

    @property
    def arrays(self) -> Arrays:
        """Weights, configuration and tokenizer."""
        weights = {name: tensor.cpu().numpy() for name, tensor in self.network.state_dict().items()}
        texts = {CONFIG: self.config, TOKENIZER: self.words}
        return {**weights, **{name: np.frombuffer(text.encode(), dtype=np.uint8) for name, text in texts.items()}}


class FinetuneBackend:
    """A classifier with an output for every question, trained on all of them together."""

    def encode(self, readings: Sequence[Reading]) -> Pairs:
        """Pairs of texts."""
        scenes = [
            "\n".join(filter(None, (reading.language, reading.scenario, reading.prompt, reading.pictures)))
            for reading in readings
        ]
        return Pairs(np.array(scenes, dtype=object), np.array([reading.response for reading in readings], dtype=object))

    def fit(self, encoded: Pairs, answers: Answers) -> Classifier:
        """Train from the named folder. Raises `InputError` where the extra is missing or the folder holds no model."""
        torch = _torch()
        torch.manual_seed(0)
        classifier = _started(_base(), answers.shape[1])
        truth = torch.tensor(answers, dtype=torch.float32)
        rare = ((~answers).sum(axis=0) + 1) / (answers.sum(axis=0) + 1)
        weight = torch.tensor(np.clip(rare, 1 / HEAVIEST, HEAVIEST), dtype=torch.float32)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        classifier.network.to(device).train()
        loss_of = torch.nn.BCEWithLogitsLoss(pos_weight=weight.to(device))
        optimiser = torch.optim.AdamW(classifier.network.parameters(), lr=STEP)
        order = np.random.default_rng(0)
        for _ in range(int(os.environ.get(EPOCHS, "3"))):
            rows = order.permutation(len(encoded))
            for start in range(0, len(rows), BATCH):
                chosen = rows[start : start + BATCH]
                logits = classifier.network(**_tokens(classifier, encoded[chosen])).logits
                optimiser.zero_grad()
                loss_of(logits.float(), truth[chosen].to(device)).backward()
                optimiser.step()
        return classifier

    def restore(self, arrays: Arrays) -> Classifier:
        """A model again. Raises `ValueError` where arrays don't fit the configuration they came with."""
        torch = _torch()
        config, words = (_text(arrays, name) for name in (CONFIG, TOKENIZER))
        classifier = _made(config, words)
        weights = {
            name: torch.from_numpy(array.copy()) for name, array in arrays.items() if name not in {CONFIG, TOKENIZER}
        }
        try:
            classifier.network.load_state_dict(weights)
        except RuntimeError as error:
            raise ValueError("its weights don't fit its configuration") from error
        return classifier


def _tokens(classifier: Classifier, pairs: Pairs) -> Mapping[str, Any]:
    """What a network takes; of a long pair the scene and the answer are cut alike."""
    tokens = classifier.tokenizer(
        list(pairs.scenes),
        list(pairs.answers),
        truncation=True,
        max_length=min(TOKENS, getattr(classifier.network.config, "max_position_embeddings", TOKENS)),
        padding=True,
        return_tensors="pt",
    )
    return {name: tensor.to(classifier.network.device) for name, tensor in tokens.items()}


def _base() -> Path:
    named = os.environ.get(FOLDER)
    if not named:
        raise InputError(f"the back-end `finetune` starts from a model; name its folder in {FOLDER}")
    return Path(named)


def _started(folder: Path, questions: int) -> Classifier:
    """The named model with a fresh output for every question."""
    from transformers import AutoModelForSequenceClassification

    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        words = (folder / TOKENIZER).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} holds no model to start from ({CONFIG}, {TOKENIZER}): {error}") from error
    config = {**config, "num_labels": questions, "problem_type": "multi_label_classification"}
    config.pop("auto_map", None)  # names code of the folder's own
    config.pop("id2label", None)
    config.pop("label2id", None)
    made = _made(json.dumps(config, sort_keys=True), words)
    if (folder / "model.safetensors").is_file():
        network = AutoModelForSequenceClassification.from_pretrained(
            folder,
            config=made.network.config,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            ignore_mismatched_sizes=True,
        )
        return Classifier(network, made.tokenizer, made.config, made.words)
    return made


def _made(config: str, words: str) -> Classifier:
    """A network with random weights, and its tokenizer."""
    _torch()
    from tokenizers import Tokenizer
    from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedTokenizerFast

    settings = json.loads(config)
    kind = settings.pop("model_type", None)
    if kind is None:
        raise ValueError("its configuration names no `model_type`")
    network = AutoModelForSequenceClassification.from_config(AutoConfig.for_model(kind, **settings))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(words))
    if tokenizer.pad_token is None:
        place = network.config.pad_token_id or 0
        tokenizer.pad_token = tokenizer.convert_ids_to_tokens(place)
    return Classifier(network, tokenizer, config, words)


def _text(arrays: Arrays, name: str) -> str:
    if name not in arrays:
        raise ValueError(f"it has no {name}")
    return arrays[name].astype(np.uint8).tobytes().decode()


def _torch() -> Any:
    try:
        import torch
        import transformers  # noqa: F401
    except ImportError as error:
        raise InputError("the back-end `finetune` needs an extra: pip install '.[finetune]'") from error
    return torch


BACKENDS.add("finetune")(FinetuneBackend())
