import { type CallKind, ENDPOINTS, type Endpoint, type UpstreamName } from "../core/endpoints.ts";
import { espai } from "../espai/espai.ts";
import { potato } from "../potato/potato.ts";
import { talkbot } from "../talkbot/talkbot.ts";
import type { Handler, Upstream } from "../upstream/upstream.ts";

export type Route = { endpoint: Endpoint; upstream: Upstream; run: Handler };

const BY_NAME: Record<UpstreamName, Upstream> = { espai, potato, talkbot };
const HANDLERS: Record<CallKind, Handler> = { ...espai.handlers, ...potato.handlers, ...talkbot.handlers };

export function findRoute(upstream: UpstreamName, path: string): Route | undefined {
  const endpoint = ENDPOINTS.find((candidate) => candidate.upstream === upstream && candidate.path === path);
  return endpoint && { endpoint, upstream: BY_NAME[upstream], run: HANDLERS[endpoint.kind] };
}
