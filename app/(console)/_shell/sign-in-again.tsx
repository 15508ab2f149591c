"use client";

import { useEffect, useRef, useState } from "react";
import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { setPageUser } from "@/lib/web/page-user";
import { onSessionEnd } from "@/lib/web/session-end";

/** Most visits never see it. Its file needs no session to be loaded. */
const dialog = new LazyModule(() =>
  loadWhenOnline(() => import("./sign-in-again-dialog").then((module) => module.SignInAgainDialog)),
);

/**
 * Asks for the password over whatever is open when the session has ended, or is somebody else's now, and keeps what is typed
 * there. The same user only: what the page shows was read by them. Nothing that was refused is sent again by itself.
 */
export function SignInAgain({ userId, username }: { userId: string | null; username: string }) {
  const [open, setOpen] = useState(false);
  const dismissed = useRef(false);

  useEffect(() => {
    setPageUser(userId);
    return () => setPageUser(null);
  }, [userId]);

  useEffect(
    () =>
      onSessionEnd((by) => {
        // Polls go on every few seconds; a person who closed this once is asked again when they do something.
        if (by === "poll" && dismissed.current) return;
        setOpen(true);
      }),
    [],
  );

  if (!open) return null;
  const close = (signedIn: boolean) => {
    dismissed.current = !signedIn;
    setOpen(false);
  };
  return <LazyComponent module={dialog} props={{ username, onClose: close }} />;
}
