"""Throws twice from one place and once from another. Argument: the DSN."""

import sys

import sentry_sdk


def pay(count):
    total = count * 3
    raise RuntimeError("cannot pay for %d items" % total)


def ship(order):
    return order["address"]


sentry_sdk.init(sys.argv[1], release="shop@1.4.2", environment="production", traces_sample_rate=0, auto_session_tracking=False)
sentry_sdk.set_user({"id": "7", "email": "ada@example.com"})
sentry_sdk.set_tag("region", "eu-west")

for act in (lambda: pay(1), lambda: pay(2), lambda: ship({})):
    try:
        act()
    except Exception as error:
        sentry_sdk.capture_exception(error)

sentry_sdk.flush(10)
print("sent")
