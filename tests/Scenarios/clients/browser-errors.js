import * as Sentry from "@sentry/browser";

Sentry.init({
  dsn: window.dsn,
  release: "shop@1.4.2",
  environment: "production",
  integrations: [],
});
Sentry.setUser({ id: "7", email: "ada@example.com" });
Sentry.setTag("region", "eu-west");

function pay(count) {
  throw new TypeError(`cannot pay for ${count} items`);
}

function ship(order) {
  return order.address.street;
}

for (const act of [() => pay(1), () => pay(2), () => ship({})]) {
  try {
    act();
  } catch (error) {
    Sentry.captureException(error);
  }
}

Sentry.flush(10000).then((flushed) => {
  document.title = flushed ? "sent" : "not flushed";
});
