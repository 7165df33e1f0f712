"""The things a plain card can show, each with the English and Chinese words it is recognised by."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from jury.painting.pad import Ink, Pad
from jury.registry import Registry

LINE, PAPER, GREY, WOOD, GOLD, LEAF = "#2f3640", "#fbfaf5", "#b8bec6", "#8a6242", "#e0b040", "#5d9a5b"

Draw = Callable[[Pad, Ink], None]


@dataclass(frozen=True)
class Thing:
    """How something is drawn, what it is called, its height as a share of the tallest thing's, its width as one of its own."""

    draw: Draw
    words: tuple[str, ...]
    tall: float = 1.0
    wide: float = 1.0


THINGS: Registry[Thing] = Registry("painted thing")


def things_in(words: str) -> tuple[str, ...]:
    """The names of the things a text speaks of, in the order of their first mention, each once."""
    names = _names()
    found = (names[match[1] or match[2]] for match in _pattern().finditer(words.lower()))
    return tuple(dict.fromkeys(found))


def _thing(name: str, words: str, *, tall: float = 1.0, wide: float = 1.0) -> Callable[[Draw], Draw]:
    def register(draw: Draw) -> Draw:
        THINGS.add(name)(Thing(draw, tuple(words.split()), tall, wide))
        return draw

    return register


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {word: name for name in THINGS for word in THINGS.get(name).words}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=lambda word: (-len(word), word))
    latin = "|".join(word for word in longest_first if word.isascii())
    wide = "|".join(word for word in longest_first if not word.isascii())
    return re.compile(rf"(?<![a-z])({latin})(?:s|es)?(?![a-z])|({wide})")


@_thing("house", "house home building apartment villa school shop 房子 房屋 住宅 公寓 楼 学校 商店", wide=0.8)
def _house(pad: Pad, ink: Ink) -> None:
    pad.box(ink.dark, 68, 14, 78, 40)
    pad.box(ink.main, 15, 46, 85, 100)
    pad.shape(ink.dark, (5, 48), (50, 10), (95, 48))
    pad.box(PAPER, 23, 58, 37, 72)
    pad.box(PAPER, 63, 58, 77, 72)
    pad.box(ink.dark, 42, 66, 58, 100)
    pad.disc(GOLD, 54, 84, 1.8)


@_thing("car", "car vehicle taxi van truck 汽车 轿车 车辆 货车 卡车 出租车 车", tall=0.8)
def _car(pad: Pad, ink: Ink) -> None:
    pad.shape(ink.main, (18, 62), (33, 38), (70, 38), (86, 62))
    pad.shape(PAPER, (27, 60), (37, 43), (49, 43), (49, 60))
    pad.shape(PAPER, (53, 60), (53, 43), (67, 43), (77, 60))
    pad.box(ink.main, 2, 58, 98, 86, radius=9)
    pad.box(ink.dark, 2, 74, 98, 80)
    pad.disc(GOLD, 93, 67, 3.5)
    for x in (25, 75):
        pad.disc(LINE, x, 87, 13)
        pad.disc(GREY, x, 87, 5.5)


@_thing("bottle", "bottle flask vial medicine drug pill 瓶子 瓶 药品 药物 药", tall=0.8, wide=0.5)
def _bottle(pad: Pad, ink: Ink) -> None:
    pad.box(ink.main, 43, 8, 57, 40)
    pad.box(ink.dark, 40, 2, 60, 12, radius=2)
    pad.shape(ink.main, (43, 26), (57, 26), (72, 44), (28, 44))
    pad.box(ink.main, 28, 40, 72, 100, radius=6)
    pad.box(PAPER, 28, 56, 72, 82)
    pad.line(GREY, 2.5, (35, 64), (65, 64))
    pad.line(GREY, 2.5, (35, 73), (56, 73))


@_thing("phone", "phone smartphone cellphone telephone mobile app 手机 电话 应用", tall=0.8, wide=0.55)
def _phone(pad: Pad, ink: Ink) -> None:
    pad.box(LINE, 25, 0, 75, 100, radius=8)
    pad.box(PAPER, 30, 11, 70, 86)
    pad.line(GREY, 2, (44, 6), (56, 6))
    pad.disc(GREY, 50, 93, 3)
    pad.box(ink.light, 34, 18, 58, 32, radius=5)
    pad.box(ink.main, 42, 38, 66, 52, radius=5)
    pad.box(ink.light, 34, 58, 60, 72, radius=5)


@_thing(
    "document",
    "document paper form letter contract report file note 文件 文档 纸 表格 合同 报告 证书 信件",
    tall=0.8,
    wide=0.7,
)
def _document(pad: Pad, ink: Ink) -> None:
    pad.shape(PAPER, (18, 0), (64, 0), (82, 18), (82, 100), (18, 100))
    pad.shape(GREY, (64, 0), (82, 18), (64, 18))
    pad.box(ink.main, 27, 14, 56, 22)
    for y in (34, 45, 56, 67):
        pad.line(GREY, 3, (27, y), (73, y))
    pad.line(ink.dark, 3, (27, 84), (50, 84))


@_thing(
    "person",
    "person man woman people adult worker employee student stranger neighbour neighbor doctor teacher friend customer "
    "人物 男子 女子 男人 女人 行人 工人 员工 学生 医生 老师 朋友 邻居 秘书 人",
    wide=0.55,
)
def _person(pad: Pad, ink: Ink) -> None:
    pad.disc(ink.light, 50, 14, 13)
    pad.box(LINE, 36, 64, 48, 100, radius=3)
    pad.box(LINE, 52, 64, 64, 100, radius=3)
    pad.box(ink.main, 33, 30, 67, 70, radius=11)
    pad.box(ink.dark, 24, 34, 32, 66, radius=4)
    pad.box(ink.dark, 68, 34, 76, 66, radius=4)


@_thing("key", "key 钥匙 密钥", tall=0.5)
def _key(pad: Pad, ink: Ink) -> None:
    pad.box(ink.main, 42, 63, 98, 74)
    pad.box(ink.main, 74, 72, 82, 88)
    pad.box(ink.main, 88, 72, 96, 92)
    pad.ring(ink.dark, 26, 69, 26, 10)
    pad.ring(ink.main, 26, 69, 24, 6)


@_thing("tree", "tree forest park garden wood 树木 树 森林 公园 花园", wide=0.4)
def _tree(pad: Pad, _ink: Ink) -> None:
    pad.box(WOOD, 44, 58, 56, 100)
    pad.disc(LEAF, 32, 48, 22)
    pad.disc(LEAF, 68, 48, 22)
    pad.disc(LEAF, 50, 28, 27)
    pad.disc("#79b277", 43, 24, 13)


@_thing("coin", "coin money cash currency bitcoin 硬币 金币 钱币 钱 现金 货币", tall=0.5, wide=0.6)
def _coin(pad: Pad, _ink: Ink) -> None:
    pad.disc("#b98a26", 50, 52, 48)
    pad.disc(GOLD, 50, 50, 46)
    pad.ring("#b98a26", 50, 50, 37, 4)
    pad.box("#b98a26", 45, 28, 55, 72, radius=2)


@_thing(
    "screen",
    "screen computer laptop monitor television website keyboard 屏幕 电脑 计算机 显示器 电视 网站",
    tall=0.85,
    wide=0.55,
)
def _screen(pad: Pad, ink: Ink) -> None:
    pad.box(GREY, 44, 72, 56, 94)
    pad.box(GREY, 28, 92, 72, 100, radius=3)
    pad.box(LINE, 2, 12, 98, 76, radius=4)
    pad.box(PAPER, 7, 17, 93, 71)
    pad.box(ink.main, 7, 17, 93, 26)
    pad.box(ink.light, 13, 33, 43, 64)
    for y in (36, 45, 54, 63):
        pad.line(GREY, 3, (51, y), (86, y))


@_thing("cup", "cup mug coffee tea glass drink 杯子 杯 咖啡 茶", tall=0.5, wide=0.8)
def _cup(pad: Pad, ink: Ink) -> None:
    pad.ring(ink.dark, 76, 62, 19, 7)
    pad.box(ink.main, 16, 34, 76, 100, radius=10)
    pad.box(ink.dark, 16, 34, 76, 44, radius=4)
    for x in (34, 46, 58):
        pad.line(GREY, 3, (x, 28), (x + 4, 20), (x, 12), (x + 4, 4))


@_thing("book", "book textbook notebook diary manual library 书本 书籍 书 笔记本 日记 手册 图书馆", tall=0.7, wide=0.8)
def _book(pad: Pad, ink: Ink) -> None:
    pad.box(ink.dark, 14, 6, 86, 100, radius=4)
    pad.box(PAPER, 20, 88, 86, 96)
    pad.box(ink.main, 22, 6, 86, 88)
    pad.box(PAPER, 36, 22, 74, 40)
    pad.line(GREY, 3, (42, 31), (68, 31))


@_thing("lock", "lock padlock password door gate 挂锁 锁 密码 保险箱 大门 房门", tall=0.6, wide=0.85)
def _lock(pad: Pad, ink: Ink) -> None:
    pad.ring(GREY, 50, 32, 28, 9)
    pad.box(GREY, 22, 32, 31, 56)
    pad.box(GREY, 69, 32, 78, 56)
    pad.box(ink.main, 12, 46, 88, 100, radius=7)
    pad.disc(LINE, 50, 68, 8)
    pad.shape(LINE, (46, 70), (54, 70), (57, 88), (43, 88))


@_thing("envelope", "envelope mail email message post 信封 邮件 电子邮件 短信 消息", tall=0.55)
def _envelope(pad: Pad, ink: Ink) -> None:
    pad.box(PAPER, 2, 32, 98, 100, radius=3)
    pad.shape(ink.light, (3, 33), (97, 33), (50, 72))
    pad.line(ink.main, 3, (3, 33), (50, 72), (97, 33))
    pad.disc(ink.dark, 50, 72, 7)


@_thing("clock", "clock timer alarm 时钟 手表 闹钟 挂钟", tall=0.6, wide=0.6)
def _clock(pad: Pad, ink: Ink) -> None:
    pad.disc(ink.main, 50, 52, 48)
    pad.disc(PAPER, 50, 52, 39)
    pad.line(LINE, 5, (50, 52), (50, 24))
    pad.line(LINE, 5, (50, 52), (70, 62))
    pad.disc(ink.dark, 50, 52, 5)


@_thing("box", "box package parcel carton crate container 盒子 箱子 包裹 纸箱", tall=0.65)
def _box(pad: Pad, _ink: Ink) -> None:
    pad.shape("#d3a877", (4, 36), (22, 14), (78, 14), (96, 36))
    pad.box("#bb8c5a", 4, 36, 96, 100)
    pad.shape("#e4cba8", (44, 14), (56, 14), (58, 36), (42, 36))
    pad.box("#e4cba8", 42, 36, 58, 58)


@_thing("card", "card passport licence license identity 卡片 银行卡 信用卡 身份证 护照 卡", tall=0.6)
def _card(pad: Pad, ink: Ink) -> None:
    pad.box(ink.main, 0, 36, 100, 100, radius=7)
    pad.box(ink.dark, 0, 46, 100, 58)
    pad.box(GOLD, 9, 66, 25, 78, radius=2)
    pad.line(PAPER, 4, (9, 89), (56, 89))
    pad.disc(ink.light, 86, 86, 7)


@_thing("bag", "bag backpack suitcase luggage handbag purse 背包 书包 行李 手提包", tall=0.65, wide=0.85)
def _bag(pad: Pad, ink: Ink) -> None:
    pad.ring(ink.dark, 50, 26, 22, 7)
    pad.box(ink.main, 10, 30, 90, 100, radius=10)
    pad.box(ink.dark, 10, 52, 90, 58)
    pad.box(GOLD, 44, 48, 56, 64, radius=2)
