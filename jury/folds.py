"""Folds: parts of the items that hold whole groups, the same whenever they are dealt."""

from collections import defaultdict
from collections.abc import Mapping

from jury.errors import InputError
from jury.hashing import sha256_of_json


def dealt(groups: Mapping[str, str], labels: Mapping[str, str], count: int, seed: int = 0) -> list[frozenset[str]]:
    """So many folds of about equal size, of items by their id; items of one group are in one fold, and labels are spread
    evenly where no group has several items. Raises `InputError` for fewer than two groups or folds.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for item, group in groups.items():
        members[group].append(item)
    if count < 2 or len(members) < 2:
        raise InputError(f"{count} folds of {len(members)} groups can't be made; take 2 folds or more, and more groups")
    folds: list[list[str]] = [[] for _ in range(min(count, len(members)))]
    for group in _order(members, labels, seed):
        min(folds, key=len).extend(members[group])
    return [frozenset(fold) for fold in folds]


def _order(members: Mapping[str, list[str]], labels: Mapping[str, str], seed: int) -> list[str]:
    """The groups in the order they are dealt: large ones first, then label by label, each drawn by its hash.

    Labels come in the order of their first item by hash, so that what they are called makes no difference.
    """
    drawn = {group: sha256_of_json([seed, sorted(items)]) for group, items in members.items()}
    label_of = {group: labels[min(items)] for group, items in members.items()}
    first: dict[str, str] = {}
    for group in members:
        first[label_of[group]] = min(first.get(label_of[group], "~"), drawn[group])
    return sorted(members, key=lambda group: (-len(members[group]), first[label_of[group]], drawn[group]))
