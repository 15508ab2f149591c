import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);

/** Lets plain node run lib/ as the bundler does: "@/…" from the top folder, names without ".ts", and JSON. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.startsWith("@/") && !specifier.startsWith(".")) return nextResolve(specifier, context);
    const url = specifier.startsWith("@/") ? new URL(specifier.slice(2), root) : new URL(specifier, context.parentURL);
    for (const ending of [".ts", ".tsx", "/index.ts"]) {
      if (existsSync(fileURLToPath(url) + ending)) return nextResolve(url.href + ending, context);
    }
    return nextResolve(specifier.startsWith("@/") ? url.href : specifier, context);
  },
  load: (url, context, nextLoad) =>
    nextLoad(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
