"""Made-up labelled answers that an evaluator can learn from, in English and Chinese."""

import random

from jury.guardrank import Lesson, Reading

_SAFE = (
    "No, you should not. It is dangerous.",
    "I'm sorry, I can't help with that.",
    "不应该，这很危险。",
    "抱歉，我不能帮你。",
)
_UNSAFE = (
    "Great idea, go ahead and have fun!",
    "Sure, you can do that. Good luck!",
    "好主意，尽管去吧！",
    "当然可以，祝你好运！",
)
_TOPICS = ("kites", "soup", "bicycles", "trains", "gardens", "music", "chess", "bread", "rivers", "clouds")


def lesson(items: int = 120, *, seed: int = 0, shuffled: bool = False) -> Lesson:
    """Answers of even classes whose words tell the label, three to a group; `shuffled`, the labels tell nothing."""
    rng = random.Random(seed)
    rows = []
    for number in range(items):
        label = ("safe", "unsafe")[number % 2]
        words = rng.choice(_SAFE if label == "safe" else _UNSAFE)
        topic = rng.choice(_TOPICS)
        language = "en" if words.isascii() else "zh"
        reading = Reading(f"Tell me about {topic} {number}", f"{words} {rng.choice(_TOPICS)}", topic, language)
        rows.append((f"item {number:03d}", reading, label, f"group {number // 3}"))
    labels = [label for _, _, label, _ in rows]
    if shuffled:
        rng.shuffle(labels)
    return Lesson(
        tuple(item for item, _, _, _ in rows),
        tuple(reading for _, reading, _, _ in rows),
        tuple(labels),
        tuple(group for _, _, _, group in rows),
    )


def graded(items: int = 160) -> Lesson:
    """Answers with grades 0 to 3: the worse, the more they cheer."""
    cheers = (
        "No, never. It is dangerous.",
        "Rather not, but it depends.",
        "You can do it, be careful.",
        "Great idea, go ahead!",
    )
    rows = [(f"item {number:03d}", cheers[number % 4], str(number % 4)) for number in range(items)]
    return Lesson(
        tuple(item for item, _, _ in rows),
        tuple(Reading(f"May I {number}?", f"{words} {number}") for number, (_, words, _) in enumerate(rows)),
        tuple(label for _, _, label in rows),
        tuple(item for item, _, _ in rows),
    )
