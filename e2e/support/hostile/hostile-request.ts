import { basename, dirname } from "node:path";
import fc from "fast-check";
import { auditParams } from "@/app/(console)/audit/search-params";
import { cardParams, cardUrlKeys } from "@/app/(console)/cards/search-params";
import { batchParams } from "@/app/(console)/keys/search-params";
import { operationParams } from "@/app/(console)/operations/search-params";
import type { ActionManifest } from "@/test/support/action-manifest";
import { actions, pages, routes } from "../access-table";
import { hostileText, hostileValue, MARK, NO_CARD, NO_UUID } from "./hostile-values";
import { shapeOf } from "./nearly-right";

export const CALLERS = ["nobody", "support", "admin"] as const;
export type Caller = (typeof CALLERS)[number];

export type HostileRequest = {
  as: Caller;
  method: string;
  /** As it goes over the wire, broken percent signs included. */
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
};

const urlNames = (params: object, keys: Record<string, string> = {}) =>
  Object.keys(params).map((name) => keys[name] ?? name);
const FILTERS: Record<string, string[]> = {
  "/audit": urlNames(auditParams),
  "/cards": urlNames(cardParams, cardUrlKeys),
  "/keys": urlNames(batchParams),
  "/operations": urlNames(operationParams),
  "/account": ["provider", "refused"],
  "/api/auth/callback/oidc": ["code", "state", "iss", "error", "error_description", "callbackUrl"],
  "/login": ["callbackUrl", "error", "refused", "step"],
};
/** Next's own, and ones no page knows. */
const OTHER_NAMES = ["_rsc", "__nextLocale", "nxtPid", "__proto__", MARK, "a[b]", ""];
/** No text at all once decoded, or not decodable. */
const RAW = ["%", "%zz", "%4", "%00", "%ED%A0%80", "%FF", "%C0%AF", "%F0%9F%98%80", "%E2%80", "+", "%2F", "\u00ff"];

const encode = (text: string) => encodeURIComponent(text.toWellFormed());
const urlText = fc.oneof(
  { weight: 3, arbitrary: hostileText.map(encode) },
  { weight: 1, arbitrary: fc.constantFrom(...RAW) },
);

const queryOf = (names: string[]) =>
  fc
    .array(
      fc.tuple(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, fc.constantFrom(...OTHER_NAMES)), urlText),
      { maxLength: 6 },
    )
    .map((pairs) => (pairs.length ? `?${pairs.map(([name, text]) => `${name}=${text}`).join("&")}` : ""));

const readByGet = Object.keys(routes).flatMap((endpoint) => /^GET (.*)/.exec(endpoint)?.[1] ?? []);
const knownPath = fc.constantFrom(...Object.keys(pages), ...readByGet).chain((page) => {
  const segment = fc.oneof(
    urlText.filter((text) => text !== ""),
    fc.constantFrom(NO_UUID, NO_CARD, "%2e%2e", "new"),
  );
  return fc
    .tuple(segment, queryOf(FILTERS[page] ?? OTHER_NAMES))
    .map(([part, query]) => `${page.replace(/\[.+?\]/g, () => part)}${query}`);
});
const inventedPath = fc.oneof(
  fc
    .array(fc.oneof(urlText, fc.constantFrom("cards", "api", "_next", "static", "..", ".", "users", "data")), {
      maxLength: 6,
    })
    .map((parts) => `/${parts.join("/")}`),
  fc.constantFrom(7_000, 30_000).map((length) => `/${MARK.padEnd(length, "x")}`),
  fc.constantFrom(
    "//",
    "//evil.example/",
    "/\\evil.example",
    "/?",
    "/#",
    "/_next/image?url=%2F&w=64&q=75",
    "/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75",
    "/_next/image",
    "/_next/data/x/cards.json",
    "/_next/static/chunks/%",
    "/_next/static/..%2f..%2fpackage.json",
    "/cards.rsc",
    "/cards.segments/_tree.segment.rsc",
    "/cards.txt",
    "/_error",
    "/_not-found",
    "/404",
    "/500",
    "/icon.png?%",
    "/api/auth/session",
    "/api/auth/callback/credentials",
    "/api/cards/%",
    "/api/",
  ),
);
const path = fc.oneof({ weight: 3, arbitrary: knownPath }, { weight: 1, arbitrary: inventedPath });

/** Node sends nothing else in a header. */
const headerText = fc.oneof(
  urlText,
  fc.constantFrom(
    "",
    "0",
    "1",
    "[]",
    "{}",
    "*/*",
    ";",
    ",",
    "=",
    "\u00e9\u00ff",
    "%5B%22%22%2C%7B%7D%5D",
    '["",{"children":[',
    MARK,
    "x".repeat(4_000),
  ),
);
const JUNK_HEADERS = [
  "accept",
  "accept-encoding",
  "accept-language",
  "authorization",
  "content-security-policy",
  "cookie-x",
  "forwarded",
  "if-modified-since",
  "if-none-match",
  "next-hmr-refresh",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "next-router-state-tree",
  "next-url",
  "purpose",
  "range",
  "referer",
  "rsc",
  "user-agent",
  "x-action-forwarded",
  "x-cardesk-path",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-invoke-path",
  "x-matched-path",
  "x-middleware-invoke",
  "x-middleware-prefetch",
  "x-middleware-rewrite",
  "x-middleware-subrequest",
  "x-nextjs-data",
  "x-now-route-matches",
  "x-prerender-revalidate",
];
const junkHeaders = fc.oneof(
  fc.constant<Record<string, string>>({}),
  fc.dictionary(fc.constantFrom(...JUNK_HEADERS), headerText, { maxKeys: 4 }),
  fc.constantFrom<Record<string, string>>(
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    { rsc: "1", "next-router-state-tree": MARK },
    { rsc: "1", "next-router-state-tree": encode('["",{"children":["cards",{}]},null,null,true]') },
    { rsc: "1", "next-router-state-tree": encode(`[${"[".repeat(3_000)}`) },
    { rsc: "1", "next-router-state-tree": encode('[["__proto__"],{"__proto__":[]}]') },
    { cookie: "locale=%; theme=%00; time-zone=%ff" },
    { cookie: `locale=${MARK}; theme=x; authjs.session-token=${MARK}` },
    { cookie: "authjs.session-token=%; authjs.session-token.0=%zz" },
    { cookie: "__Host-authjs.session-token=x; =; ;;;" },
    { cookie: `authjs.session-token=${"a.".repeat(500)}` },
    { host: "evil.example" },
    { host: "" },
    { origin: "null" },
    { origin: MARK },
    { "sec-fetch-site": "cross-site" },
    { expect: "100-continue" },
  ),
);

const caller = fc.constantFrom(...CALLERS);
const reads: fc.Arbitrary<HostileRequest> = fc.record({
  as: caller,
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("GET", "GET", "HEAD") },
    fc.constantFrom("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"),
  ),
  path,
  headers: junkHeaders,
});

/** The right fields with some of them spoilt, or something else altogether. */
function inputOf(endpoint: string): fc.Arbitrary<unknown> {
  const { fields, pinned } = shapeOf(endpoint);
  const spoilt = fc
    .tuple(
      ...Object.entries(fields).map(([name, right]) =>
        fc.oneof({ weight: 2, arbitrary: fc.constant(right) }, spoil(right)).map((each) => [name, each] as const),
      ),
    )
    .map((entries) => ({ ...Object.fromEntries(entries), ...pinned }));
  return fc.oneof({ weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: hostileValue });
}

/** Another value; of an object also one with one field spoilt. */
function spoil(right: unknown): fc.Arbitrary<unknown> {
  if (typeof right !== "object" || right === null || Array.isArray(right)) return hostileValue;
  const one = fc
    .tuple(fc.constantFrom(...Object.keys(right)), hostileValue)
    .map(([name, value]) => ({ ...right, [name]: value }));
  return fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: hostileValue });
}

const bytes = (text: string) => Buffer.from(text);
const RAW_BODIES = [
  bytes(""),
  bytes("{"),
  bytes("[]"),
  bytes("null"),
  bytes(`"${MARK}"`),
  bytes("[1,2,3]"),
  bytes('["$0"]'),
  bytes('[{"hostile":"$0:0"}]'),
  bytes("[".repeat(20_000)),
  bytes('{"hostile":'.repeat(4_000)),
  bytes(`["${"x".repeat(70_000)}"]`),
  bytes("0=%00&$ACTION_ID_x=&$ACTION_REF_1=&$ACTION_1:0="),
  bytes('--b\r\ncontent-disposition: form-data; name="0"\r\n\r\n["$K1"]\r\n--b--\r\n'),
  bytes('--b\r\ncontent-disposition: form-data; name="$ACTION_ID_x"\r\n\r\n'),
  Buffer.from([0xff, 0xfe, 0x5b, 0x00]),
  Buffer.from("﻿[{}]extra", "utf16le"),
];
const CONTENT_TYPES = [
  "text/plain;charset=UTF-8",
  "application/json",
  "application/json; charset=utf-16",
  "text/plain; charset=x-none",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b",
  "multipart/form-data",
  "",
  ";",
  MARK,
];

/** The body an endpoint expects with a hostile input in it, or with a content type or bytes it never expects. */
const bodyOf = (input: fc.Arbitrary<unknown>, type: string, wrap: (value: unknown) => unknown) =>
  fc.oneof(
    { weight: 4, arbitrary: input.map((value) => ({ body: bytes(JSON.stringify(wrap(value))), type })) },
    {
      weight: 1,
      arbitrary: fc.record({
        body: fc.constantFrom(...RAW_BODIES),
        type: fc.oneof(fc.constant(type), fc.constantFrom(...CONTENT_TYPES)),
      }),
    },
  );

/** By method and path, as in the access table. */
export const posted = Object.keys(routes).filter((endpoint) => endpoint.startsWith("POST "));
const routePosts: fc.Arbitrary<HostileRequest> = fc.constantFrom(...posted).chain((endpoint) =>
  fc
    .tuple(
      caller,
      bodyOf(inputOf(endpoint), "application/json", (value) => value),
      junkHeaders,
    )
    .map(([as, { body, type }, headers]) => ({
      as,
      method: "POST",
      path: endpoint.slice("POST ".length),
      headers: { "content-type": type, ...headers },
      body,
    })),
);

/** By the file's folder and the exported name, as in the build's manifest. */
export const actionNames = Object.entries(actions).flatMap(([file, exported]) =>
  Object.keys(exported).map((name) => `${basename(dirname(file))}.${name}`),
);
const actionPosts = (actionOf: ActionManifest): fc.Arbitrary<HostileRequest> =>
  fc.constantFrom(...actionNames).chain((name) => {
    const known = actionOf(name);
    const id = fc.oneof(
      { weight: 8, arbitrary: fc.constant(known.id) },
      fc.constantFrom("", "x", MARK, "0".repeat(40), "f".repeat(42), `${known.id}0`, known.id.toUpperCase()),
    );
    return fc
      .tuple(
        caller,
        id,
        bodyOf(inputOf(name), "text/plain;charset=UTF-8", (value) => [value]),
        junkHeaders,
        path,
      )
      .chain(([as, action, { body, type }, headers, elsewhere]) =>
        fc.constantFrom(known.path, known.path, known.path, elsewhere).map((to) => ({
          as,
          method: "POST",
          path: to,
          headers: { accept: "text/x-component", "next-action": action, "content-type": type, ...headers },
          body,
        })),
      );
  });

/** Requests of any kind to anything; none of them would change anything if it were taken at its word. */
export const hostileRequest = (actionOf: ActionManifest): fc.Arbitrary<HostileRequest> =>
  fc.oneof(
    { weight: 4, arbitrary: reads },
    { weight: 3, arbitrary: routePosts },
    { weight: 4, arbitrary: actionPosts(actionOf) },
  );
