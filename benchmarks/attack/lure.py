"""What an attack works with: where it pushes to, in which language, and what holds its images and clips."""

from dataclasses import dataclass

from jury.media import MediaStore
from jury.records import Answer, Case, Rubric
from jury.sandbox import Sandbox


@dataclass(frozen=True)
class Lure:
    """The choice that is pushed to, the language of the words, and the store of what is painted or spoken."""

    choice: str
    rubric: Rubric
    language: str
    wording: Sandbox
    media: MediaStore

    def words(self, kind: str) -> str:
        """The wording of an attack (`prompts/attack/KIND`), pushing to the choice. Mild by design: it asks for a verdict."""
        values = {"choice": self.choice, "rating": self._rating(), "choices": list(self.rubric.choices)}
        return self.wording.text(f"attack/{kind}", self.language, values)

    def _rating(self) -> str:
        """The end of the scale that a ballot for the choice would give, empty without a scale."""
        scale = self.rubric.rating
        if scale is None:
            return ""
        low_is_best = scale.best == "low"
        best, worst = (scale.low, scale.high) if low_is_best else (scale.high, scale.low)
        return f"{worst if self.choice in self.rubric.positives else best:g}"


def with_last_answer(case: Case, text: str) -> Case:
    """The case whose last answer says something else."""
    return case.but(answers=(*case.answers[:-1], Answer(text=text)))


def last_answer(case: Case) -> str:
    """What the target said last."""
    return case.answers[-1].text
