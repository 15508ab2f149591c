import "server-only";
import type { ServerResponse } from "node:http";
import { sharedSlot } from "@/lib/core/shared-slot";

/** How far start-up has come; /api/health reads it. */
export type StartUpFlags = { database: boolean; recovery: boolean; jobs: boolean };
export const startUpFlags = sharedSlot<StartUpFlags>("ready");

/** lib and server/launcher/console-server.ts, which can't import lib, share the slots below. */

/** Set by that file when the process is asked to stop, before requests finish and it drains. */
export const shuttingDown = sharedSlot<boolean>("shutting-down");

/** Called by that file on shutdown, with the milliseconds that are left: waits for calls in flight, stops jobs and closes pools. */
export const drain = sharedSlot<(leftMs: number) => Promise<void>>("drain");

/** The link that creates the first admin; the launcher prints it. */
export const setupLink = sharedSlot<string>("setup-link");

/** Called by that file for every request, around all that is done for it, the gate's checks included. */
export const aroundRequest = sharedSlot<(request: ServedRequest, handle: () => void) => void>("around-request");
export type ServedRequest = {
  id: string;
  method: string;
  /** The route's template, as "/cards/[id]"; never the path that was asked for. */
  route: string;
  response: ServerResponse;
};

/** Called by that file before each page is rendered: what is answered instead, null if nothing is. */
export const pageInstead = sharedSlot<(asked: AskedPage) => Promise<Response | null>>("page-instead");
/** Of a request for a page: its cookies, and the policy whose nonce lets a page's script run. */
export type AskedPage = { cookie: string | undefined; policy: string | undefined };

/** Called by that file for a scraper on the loopback port: the metrics as Prometheus's text. */
export const metricsText = sharedSlot<() => Promise<string>>("metrics-text");

/** Called by that file for every request the gate refuses. */
export const onGateRefusal = sharedSlot<(refusal: GateRefusal) => void>("on-gate-refusal");
export type GateRefusal = { status: number; reason: string; address: string };
