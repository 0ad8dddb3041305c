"""The ways between threads and the event loop."""

from __future__ import annotations

import asyncio
import threading

from hiworker._socket.mailbox import Mailbox
from hiworker._socket.workers import Workers
from scripted.relay import asynchronous


@asynchronous
async def test_a_thread_that_posts_as_fast_as_the_loop_reads_does_not_stop_the_loop() -> None:
    mailbox = Mailbox(asyncio.get_running_loop())
    posted = 0

    def post_again() -> None:
        nonlocal posted
        posted += 1
        if posted < 1_000:
            mailbox.post(post_again)

    mailbox.post(post_again)
    for _ in range(3):
        await asyncio.sleep(0)
    assert 0 < posted < 10


@asynchronous
async def test_a_call_that_raises_does_not_hold_up_the_next() -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)
    mailbox, done = Mailbox(loop), asyncio.Event()

    def fail() -> None:
        raise LookupError

    mailbox.post(fail)
    mailbox.post(done.set)
    await done.wait()


def test_nothing_is_kept_for_a_loop_that_has_ended() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    mailbox = Mailbox(loop)
    for _ in range(3):
        mailbox.post(print)
    assert mailbox.waiting == 0


def test_what_waits_for_a_thread_is_not_begun_after_a_stop() -> None:
    workers = Workers(1)
    started, go, ended = threading.Event(), threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        started.set()
        go.wait(10)
        done.append("first")
        threading.Thread(target=wait_for, args=(threading.current_thread(), ended)).start()

    workers.submit(first)
    workers.submit(done.append, "second")
    assert started.wait(10)
    workers.stop()
    go.set()
    assert ended.wait(10)
    assert done == ["first"]


def wait_for(thread: threading.Thread, ended: threading.Event) -> None:
    thread.join(10)
    ended.set()
