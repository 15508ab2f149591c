import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openLog } from "@/lib/core/log";
import { metricsRegistry } from "@/lib/core/metrics-registry";
import { scopedRequestId } from "@/lib/core/request-scope";
import { sharedSlot } from "@/lib/core/shared-slot";
import { tracer } from "@/lib/core/tracing";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { confirmOperation, transferKind } from "@/lib/operations";
import { aroundRequest } from "@/lib/process/process-slots";
import { measureRequests } from "@/lib/runtime/measure-requests";
import { giveRequestId } from "@/server/gate/give-request-id";
import { operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { actionOf } from "./action";

let room: TestRoom;
const folder = mkdtempSync(join(tmpdir(), "cardesk-request-id-"));
const fd = openSync(join(folder, "console.log"), "a");
beforeAll(async () => {
  room = await openTestRoom();
  sharedSlot("log").value = openLog("debug", fd);
});
afterAll(async () => {
  await room.close();
  closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

/** As console-server.ts does: an id, then everything else inside lib's function around the request. */
async function serve(handle: () => Promise<unknown>) {
  measureRequests();
  const server = createServer((request, response) => {
    const id = giveRequestId(request, response);
    aroundRequest.value?.({ id, method: request.method ?? "", route: "/operations", response }, () => {
      void handle().then((data) => response.end(JSON.stringify(data)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

test("one id goes from the answer's header through action, operation and audit to the upstream call's line", async () => {
  const desk = operationDesk(room);
  const draft = await desk.transfer(desk.card(50), desk.card(5), 7);
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  tracer.value = {
    span: (_name, _attributes, work) => work(() => undefined),
    current: () => ({ traceId, spanId: "b7ad6b7169203331" }),
  };
  const seen: (string | undefined)[] = [];
  const confirm = actionOf(
    {
      name: "operations.transfer.confirm",
      input: z.object({ operationId: z.string() }),
      verb: async ({ ctx, input }) => {
        seen.push(ctx.requestId, scopedRequestId());
        return confirmOperation({ ctx, kind: transferKind, input });
      },
    },
    async (requestId) => ({ ...room.as("operator"), requestId }),
  );
  const server = await serve(() => confirm({ operationId: draft.id }));
  const answer = await fetch(server.url, { headers: { "x-request-id": "claimed" } });
  expect(await answer.json()).toMatchObject({ ok: true, data: { state: "done" } });
  server.close();
  tracer.value = undefined;

  const id = answer.headers.get("x-request-id");
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(seen).toEqual([id, id]);
  const lines: Record<string, unknown>[] = readFileSync(join(folder, "console.log"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const call = lines.find((line) => line.msg === "upstream call" && line.endpoint === "/cdkey/transfer");
  expect(call).toMatchObject({ requestId: id, trace_id: traceId, upstream: "espai", outcome: "done", status: 200 });
  const sent = lines.find((line) => line.msg === "operation sent");
  expect(sent).toMatchObject({ requestId: id, operation: draft.id, outcome: "done" });
  const audited = await database().db.select().from(audit).where(eq(audit.targetId, draft.id));
  expect(audited.map(({ requestId }) => requestId)).toEqual(audited.map(() => id));
  expect(audited.length).toBeGreaterThan(0);
});

test("a request is measured by method, route and class of status", async () => {
  const server = await serve(async () => ({}));
  await (await fetch(server.url)).text();
  server.close();
  const counted = 'cardesk_http_request_duration_seconds_count{method="GET",route="/operations",status="2xx"}';
  await expect.poll(async () => await metricsRegistry().metrics()).toContain(counted);
});
