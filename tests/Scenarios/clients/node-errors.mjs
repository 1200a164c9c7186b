// Throws twice from one place and once from another, as a program of a user would. Arguments: package name, DSN.
const Sentry = await import(process.argv[2]);

Sentry.init({
  dsn: process.argv[3],
  release: "shop@1.4.2",
  environment: "production",
  tracesSampleRate: 0,
  debug: process.env.SENTRY_DEBUG === "1",
});
Sentry.setUser({ id: "7", email: "ada@example.com" });
Sentry.setTag("region", "eu-west");
Sentry.addBreadcrumb({ category: "cart", message: "added item 12", level: "info" });

class CheckoutError extends Error {
  name = "CheckoutError";
}

function pay(cart) {
  const total = cart.items.length;
  throw new CheckoutError(`cannot pay for ${total} items`);
}

function ship(order) {
  return order.address.street;
}

function caught(act) {
  try {
    act();
  } catch (error) {
    Sentry.captureException(error);
  }
}

for (const count of [1, 2]) {
  caught(() => pay({ items: new Array(count) }));
}
caught(() => ship({}));

if (!(await Sentry.flush(10000))) {
  console.error("not flushed");
  process.exit(1);
}
console.log("sent");
