// Orders of a shop, each a transaction with a query inside; every tenth takes eight times as long and fails.
// The times are written into the spans, so that the numbers on the pages are known. Arguments: DSN, number of orders.
import * as Sentry from "sentry-node-10";

Sentry.init({ dsn: process.argv[2], release: "shop@1.5.0", environment: "production", tracesSampleRate: 1 });

const count = Number(process.argv[3]);
const begin = Date.now() / 1000 - 600;

for (let number = 0; number < count; number++) {
  const slow = number % 10 === 9;
  const start = begin + number;
  const took = slow ? 1.6 : 0.2;
  Sentry.withIsolationScope(() =>
    Sentry.startNewTrace(() => {
      Sentry.setUser({ id: String(number % 5) });
      const order = Sentry.startInactiveSpan({
        name: "POST /api/orders",
        op: "http.server",
        forceTransaction: true,
        startTime: start,
        attributes: { "sentry.source": "route" },
      });
      Sentry.withActiveSpan(order, () => {
        const query = Sentry.startInactiveSpan({
          name: `SELECT * FROM stock WHERE sku = ${number}`,
          op: "db.sql.query",
          startTime: start + 0.01,
          attributes: { "db.system": "postgresql" },
        });
        query.end(start + took * 0.9);
        if (slow) {
          Sentry.captureException(new Error(`order ${number} gave up`));
        }
      });
      order.setStatus(slow ? { code: 2, message: "internal_error" } : { code: 1 });
      order.end(start + took);
    }),
  );
}
if (!(await Sentry.flush(10000))) {
  console.error("not flushed");
  process.exit(1);
}
console.log("sent");
