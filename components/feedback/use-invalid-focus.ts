import { type RefObject, useEffect, useRef } from "react";
import type { PublicError } from "@/lib/core/errors";

/** For a form: once the server has refused fields, the focus goes to the first of them, which may be out of sight. */
export function useInvalidFocus(error: PublicError | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error?.fields) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);
  return form;
}
