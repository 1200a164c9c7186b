// A shop whose checkout fails, with its local variables in the report. Arguments: DSN, number of items in the cart.
import * as Sentry from "sentry-node-11";

Sentry.init({
  dsn: process.argv[2],
  release: "shop@1.4.2",
  environment: "production",
  tracesSampleRate: 0,
  includeLocalVariables: true,
});
Sentry.setUser({ id: "7", email: "ada@example.com" });
Sentry.setTag("region", "eu-west");
Sentry.addBreadcrumb({ category: "cart", message: "added item 12", level: "info" });

class CheckoutError extends Error {
  name = "CheckoutError";
}

function pay(cart) {
  const total = cart.items.length * 3;
  throw new CheckoutError(`cannot pay for ${total} items`);
}

function checkout(count) {
  const cart = { currency: "EUR", items: new Array(count).fill("book") };
  return pay(cart);
}

// The debugger that reads local variables needs a moment to attach.
await new Promise((resolve) => setTimeout(resolve, 300));
try {
  checkout(Number(process.argv[3]));
} catch (error) {
  Sentry.captureException(error);
}
if (!(await Sentry.flush(10000))) {
  console.error("not flushed");
  process.exit(1);
}
console.log("sent");
