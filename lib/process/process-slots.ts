import "server-only";
import { sharedSlot } from "@/lib/core/shared-slot";

/** How far start-up has come; /api/health reads it. */
export type StartUpFlags = { database: boolean; recovery: boolean; jobs: boolean };
export const startUpFlags = sharedSlot<StartUpFlags>("ready");

/** lib and server/launcher/console-server.ts, which can't import lib, share the slots below. */

/** Set by that file when the process is asked to stop, before requests finish and it drains. */
export const shuttingDown = sharedSlot<boolean>("shutting-down");

/** Called by that file on shutdown: waits for calls in flight, stops jobs and closes pools. */
export const drain = sharedSlot<() => Promise<void>>("drain");

/** The link that creates the first admin; the launcher prints it. */
export const setupLink = sharedSlot<string>("setup-link");

/** Called by that file for every request the gate refuses. */
export const onGateRefusal = sharedSlot<(refusal: GateRefusal) => void>("on-gate-refusal");
export type GateRefusal = { status: number; reason: string; address: string };
