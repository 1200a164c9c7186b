// A shop with one page and one route behind it, which asks PostgreSQL twice; the second question fails.
// Arguments: connection string, file with the page's script, text to run before it. Prints its address.
import fs from "node:fs";
import http from "node:http";
import pg from "pg";

const [connectionString, script, before] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 1 });
const { inSpan, report } = globalThis.telemetry;

async function cart(customer) {
  const { rows } = await pool.query("SELECT $1::int * 3 AS items", [customer]);
  return await inSpan("load cart", async () => {
    try {
      await pool.query("SELECT total FROM carts_of_nobody WHERE customer = $1", [customer]);
    } catch (error) {
      report(error);
    }
    return rows[0].items;
  });
}

const page = `<!doctype html><title>shop</title><h1>Shop</h1><p>${"book ".repeat(200)}</p><button>Buy</button>
<script>${before}</script><script src="/app.js"></script>`;

const server = http.createServer(async (request, response) => {
  if (request.url.startsWith("/api/cart/")) {
    const items = await cart(Number(request.url.split("/")[3]));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ items }));
  } else if (request.url === "/app.js") {
    response.writeHead(200, { "content-type": "text/javascript" });
    response.end(fs.readFileSync(script));
  } else {
    response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html" });
    response.end(request.url === "/" ? page : "");
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
