import "server-only";
import { messagesOf } from "./i18n/messages";
import type { Locale } from "./preferences/locale";
import type { Theme } from "./preferences/theme";

/** Asks less and less often, at most every 15 s and not all at once, and reloads as soon as the console is ready. */
const RELOAD_WHEN_BACK = `
  const button = document.querySelector("button");
  let wait = 1000, timer;
  async function check() {
    clearTimeout(timer);
    button.ariaBusy = "true";
    const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
    button.ariaBusy = "false";
    if (answer && answer.ok) return location.reload();
    wait = Math.min(wait * 1.5, 15000);
    timer = setTimeout(check, wait * (0.75 + Math.random() / 2));
  }
  timer = setTimeout(check, wait);
  button.addEventListener("click", check);`;

const STYLE = `
  :root { color-scheme: light dark; } [data-theme="light"] { color-scheme: light; } [data-theme="dark"] { color-scheme: dark; }
  body { margin: 0; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#f5f6f7, #111315); color: light-dark(#1a1e23, #e7eaed); }
  main { max-width: 28rem; margin: 0 auto; padding: 20vh 1rem 4rem; text-align: center; }
  h1 { font-size: 18px; text-wrap: balance; } p { color: light-dark(#4b545e, #b0b8c0); text-wrap: pretty; }
  button { font: inherit; min-height: 32px; margin-top: 8px; padding: 4px 16px; border: 1px solid light-dark(#7f8892, #6d7883);
    border-radius: 6px; background: light-dark(#ffffff, #181b1e); color: inherit; cursor: pointer; }
  button[aria-busy="true"] { opacity: 0.6; } @media (pointer: coarse) { button { min-height: 40px; } }`;

type Wanted = {
  locale: Locale;
  theme: Theme;
  /** What the page says. */
  title: string;
  hint: string;
  /** The nonce that lets its one script run, where a policy asks for one. */
  nonce: string;
};

/** The HTML of a page that needs neither the database nor React, and reloads itself when the console is ready. */
export function reloadingPage({ locale, theme, title, hint, nonce }: Wanted): string {
  const { ui, shell } = messagesOf(locale);
  return `<!doctype html>
<html lang="${locale}" data-theme="${theme}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · ${shell.product}</title><style>${STYLE}</style></head>
<body><main role="status"><h1>${title}</h1><p>${hint}</p>
<button type="button">${ui.checkAgain}</button></main><script nonce="${nonce}">${RELOAD_WHEN_BACK}</script></body></html>`;
}
