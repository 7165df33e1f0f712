"""A worker knows its own requests by number while it waits for them; all others come to it in full."""

import pytest

from benchmarks.engines.distant.errands import Book, Order
from jury.records import Completion, Message, Request, TextPart

REQUEST = Request(model="test/one", messages=(Message(role="user", parts=(TextPart(text="Is it?"),)),))


def test_an_order_finds_its_request_only_while_somebody_waits_for_it() -> None:
    book = Book()
    with book.entered(REQUEST) as first, book.entered(REQUEST) as second:
        assert first.number != second.number
        order = Order(second.number, REQUEST, "", "")
        assert book.entry(order.short()) is second
        assert book.entry(order) is None
    assert book.entry(order.short()) is None


def test_what_is_kept_is_what_the_driver_sends_and_else_what_was_found_here() -> None:
    here, there = Completion(text="here"), Completion(text="there")
    with Book().entered(REQUEST) as entry:
        with pytest.raises(RuntimeError, match="was not sent"):
            entry.kept(None)
        entry.found = here
        assert entry.kept(None) is here
        assert entry.kept(there) is there
