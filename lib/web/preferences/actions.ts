"use server";

import { cookies } from "next/headers";
import { env } from "@/lib/core/env";
import { isLocale } from "./locale";
import { isTheme } from "./theme";

// Needs no session: the sign-in page has these switches too, and they only set the caller's own cookie.

/** Remember the language of this browser. An unknown value is ignored. */
export async function setLocale(value: unknown): Promise<void> {
  if (isLocale(value)) await remember("locale", value);
}

/** Remember the theme of this browser. An unknown value is ignored. */
export async function setTheme(value: unknown): Promise<void> {
  if (isTheme(value)) await remember("theme", value);
}

async function remember(name: string, value: string): Promise<void> {
  const jar = await cookies();
  jar.set(name, value, {
    path: "/",
    maxAge: 31_536_000,
    sameSite: "lax",
    httpOnly: true,
    secure: env().APP_URL?.startsWith("https:") ?? false,
  });
}
