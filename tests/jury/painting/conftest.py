"""What the tests of painters share."""

from collections.abc import Iterator

import pytest

from jury.painting import fonts


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without the wheel that brings the Chinese font along."""
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "WHEEL", "a_wheel_nobody_has")
        fonts.font_file.cache_clear()
        yield
    fonts.font_file.cache_clear()


@pytest.fixture
def chinese_font() -> None:
    if fonts.font_file() is None:
        pytest.skip("the extra `generate` is not installed")
