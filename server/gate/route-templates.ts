import { readFileSync } from "node:fs";
import { join } from "node:path";

type Route = { template: string; pattern: RegExp };

/** The build's routes as Next names them ("/cards/[id]"), those without a parameter first. */
export function readRoutes(root: string): Route[] {
  const manifest = readFileSync(join(root, ".next", "app-path-routes-manifest.json"), "utf8");
  const templates = [...new Set(Object.values(JSON.parse(manifest) as Record<string, string>))];
  return templates
    .filter((template) => !template.startsWith("/_"))
    .toSorted((a, b) => Number(a.includes("[")) - Number(b.includes("[")))
    .map((template) => ({ template, pattern: patternOf(template) }));
}

/**
 * The route an address belongs to, for metrics and traces: one of few names, never what somebody typed. "/_next" is any file
 * of the build, "other" anything else.
 */
export function routeOf(routes: readonly Route[], url: string): string {
  const path = url.split("?", 1)[0] ?? "/";
  if (path.startsWith("/_next/")) return "/_next";
  return routes.find(({ pattern }) => pattern.test(path))?.template ?? "other";
}

function patternOf(template: string): RegExp {
  const parts = template.split("/").map((part) => {
    if (part.startsWith("[...") || part.startsWith("[[...")) return ".+";
    return part.startsWith("[") ? "[^/]+" : part.replace(/[^\w-]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}/?$`);
}
