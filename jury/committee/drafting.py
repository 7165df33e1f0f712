"""The taxonomy that kept and named groups make."""

from collections.abc import Sequence

from jury.committee.decisions import Kept
from jury.committee.naming import Title, free_key, own_title
from jury.policy import STRICTEST, is_never_shown, policy_of
from jury.records import Category, Record, Scenario, Taxonomy

#: Where a scenario goes that nobody would name.
OTHER = "other"
OTHER_NAMES = {"en": "Other", "zh": "其他"}


class Placed(Record):
    """A scenario and its category."""

    scenario: Scenario
    category: str
    category_name: str


def placed(kept: Kept, title: Title | None, earlier: Sequence[Placed], language: str) -> Placed:
    """A kept group as a scenario; its key differs from earlier ones, and a known category keeps its name."""
    called = title or own_title(kept.proposals, OTHER, OTHER_NAMES.get(language, OTHER_NAMES["en"]))
    names = {one.category: one.category_name for one in earlier}
    return Placed(
        scenario=_scenario(kept, called, {one.scenario.key for one in earlier}, language),
        category=called.category,
        category_name=names.get(called.category, called.category_name),
    )


def categories_of(scenarios: Sequence[Placed]) -> tuple[str, ...]:
    """The keys of the categories there are, in the order they came up."""
    return tuple(dict.fromkeys(one.category for one in scenarios))


def taxonomy_of(name: str, source: str, scenarios: Sequence[Placed], language: str) -> Taxonomy | None:
    """The taxonomy of all scenarios; None where nothing was kept."""
    names = {one.category: one.category_name for one in scenarios}
    categories = tuple(
        Category(
            key=key,
            name={language: names[key]},
            scenarios=tuple(one.scenario for one in scenarios if one.category == key),
        )
        for key in categories_of(scenarios)
    )
    return Taxonomy(name=name, source=source, categories=categories) if categories else None


def _scenario(kept: Kept, title: Title, taken: set[str], language: str) -> Scenario:
    """The scenario under a policy that a kind name can't widen: what members proposed decides as well."""
    scenario = Scenario(
        key=free_key(title.key, taken),
        name={language: title.name},
        definition={language: title.definition},
        why={language: title.why} if title.why else {},
        outline={language: title.outline} if title.outline else {},
        severity=kept.severity,
        standing=kept.standing,
    )
    proposed = (f"{one.name}\n{one.definition}\n{one.outline}" for one in kept.proposals)
    strictest = any(is_never_shown(words) for words in proposed)
    return scenario.but(policy=STRICTEST if strictest else policy_of(scenario))
