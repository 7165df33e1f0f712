"""How a taxonomy is drawn up; how many queries are written, and which of them stay."""

from pydantic import Field

from jury.records import Record, Rule


class Weights(Record):
    """What each of the three grades counts."""

    feasibility: float = Field(default=1.0, ge=0, description="what a grade of feasibility counts")
    harmfulness: float = Field(default=1.0, ge=0, description="what a grade of harmfulness counts")
    applicability: float = Field(default=1.0, ge=0, description="what a grade of applicability counts")


class QuerySettings(Record):
    """The settings of the query graph. SafeBench keeps the best 100 of about ten times as many; the rest is open there."""

    per_scenario: int = Field(default=100, ge=1, description="queries kept per scenario, language and technique")
    over_generation: float = Field(default=2.0, ge=1, description="distinct queries written for one that is kept")
    batch: int = Field(default=10, ge=1, le=50, description="queries asked for in one call")
    scorers: int = Field(default=2, ge=1, description="members other than the author who grade a query")
    together: int = Field(default=10, ge=1, le=50, description="queries graded in one call")
    similarity: float = Field(
        default=0.8, gt=0, le=1, description="Jaccard of character 5-grams that makes a repetition"
    )
    weights: Weights = Field(default=Weights.model_construct(), description="what each grade counts")
    diversity: float = Field(
        default=0.2, ge=0, le=1, description="what being unlike those kept counts, against the grade"
    )
    shown: int = Field(default=40, ge=0, description="latest queries a writer is shown")
    give_up: int = Field(
        default=2, ge=1, description="rounds of all members without anything gained that end the writing"
    )

    @property
    def pool(self) -> int:
        """How many distinct graded queries are wanted before the best are chosen."""
        return -int(-self.per_scenario * self.over_generation // 1)


class TaxonomySettings(Record):
    """The settings of the taxonomy graph. How SafeBench merged proposals and voted on them is not known."""

    proposals: int = Field(default=10, ge=1, le=50, description="scenarios each member is asked for")
    similarity: float = Field(
        default=0.45, gt=0, le=1, description="Jaccard of names' n-grams that puts two in one group"
    )
    candidates: int = Field(default=12, ge=0, description="nearest other groups that one may be merged into")
    settled: float = Field(
        default=0.8, gt=0.5, le=1, description="share of the seats whose agreement needs no argument"
    )
    rule: Rule = Field(default=Rule.model_construct(), description="how votes decide")
    language: str = Field(default="en", description="in which members work; the taxonomy's texts are in it")
