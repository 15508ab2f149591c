import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "./support/fixtures";

/** What a request that asks for a web socket is answered; "" if nothing is. */
async function upgrade(url: string, host?: string): Promise<string> {
  const { hostname, port, host: own } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname });
  socket.setEncoding("utf8");
  let answer = "";
  socket.on("data", (text) => {
    answer += text;
  });
  const lines = ["GET /login HTTP/1.1", `Host: ${host ?? own}`, "Connection: Upgrade", "Upgrade: websocket", "", ""];
  socket.write(lines.join("\r\n"));
  await Promise.race([once(socket, "data"), once(socket, "end"), once(socket, "close")]);
  socket.destroy();
  return answer.split("\r\n", 1)[0] ?? "";
}

test("a request to upgrade goes through the gate like any other, and holds no connection", async ({
  cardesk,
  page,
}) => {
  // Next listens from its first page on.
  await page.goto(`${cardesk.url}/login`);
  expect(await upgrade(cardesk.url)).toBe("HTTP/1.1 200 OK");
  expect(await upgrade(cardesk.url, "evil.example")).toBe("HTTP/1.1 421 Misdirected Request");
});
