import { expect, test } from "vitest";
import { type Ask, keepsSession } from "./keeps-session.ts";

/** A pooler that lends a session for each transaction: the one that was last given back comes first. */
function transactionPooler(): () => Ask {
  const idle: number[] = [];
  let sessions = 0;
  return () => {
    let held: number | undefined;
    return async (text) => {
      const session = held ?? idle.pop() ?? ++sessions;
      held = text === "begin" ? session : text === "rollback" ? undefined : held;
      if (held === undefined) idle.push(session);
      return { pid: session };
    };
  };
}

/** A server, or a pooler that lends a session for as long as the client stays. */
function server(): () => Ask {
  let sessions = 0;
  return () => {
    const pid = ++sessions;
    return async () => ({ pid });
  };
}

test("a pooler that lends sessions for a transaction is told from a server", async () => {
  const pooled = transactionPooler();
  expect(await keepsSession(pooled(), pooled())).toBe(false);
  const direct = server();
  expect(await keepsSession(direct(), direct())).toBe(true);
});

test("nothing is left open at the other connection", async () => {
  const said: string[] = [];
  const direct = server();
  await keepsSession(direct(), async (text) => {
    said.push(text);
    return undefined;
  });
  expect(said.at(0)).toBe("begin");
  expect(said.at(-1)).toBe("rollback");
});
