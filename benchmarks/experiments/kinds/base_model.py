"""A language model against the multimodal model built on it: what learning to see cost in safety."""

from pydantic import Field

from benchmarks.experiments.arms import Arm, Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
from jury.records import Target


class BaseModelSettings(ExperimentSettings):
    """The two models."""

    target: Target = Field(description="the multimodal model")
    language_model: str = Field(description="the language model it is built on")
    language_model_base: str | None = Field(default=None, description="API base URL of the language model")


@experiment("base-model", BaseModelSettings)
def base_model(settings: BaseModelSettings) -> Design:
    """Compare a language model on text with the multimodal model built on it, on text and on text and image.

    Example: jury experiment base-model sample --language-model rehearsal/cautious --target rehearsal/reckless --out my-base
    """
    language = settings.target.but(model=settings.language_model, api_base=settings.language_model_base)
    text, built = "multimodal model on text", "multimodal model on text and image"
    first = "language model on text"
    return Design(
        (
            Arm(first, settings.arm(first, target=language, exhibits=("text",)), f"the {first}"),
            Arm(text, settings.arm(text, exhibits=("text",)), f"the {text}"),
            Arm(built, settings.arm(built, exhibits=("text", "image")), f"the {built}"),
        ),
        also=((text, built),),
    )
