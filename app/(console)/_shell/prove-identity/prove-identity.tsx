"use client";

import { type ComponentType, useEffect, useState } from "react";
import { loadWhenOnline } from "@/components/load-when-online";
import { onProofRequired, type WantedProof } from "@/lib/web/fresh-proof";
import type { ProveDialogProps } from "./prove-dialog";

type Asking = { Dialog: ComponentType<ProveDialogProps>; wanted: WantedProof; onEnd: (proved: boolean) => void };

const loadDialog = () => loadWhenOnline(() => import("./prove-dialog").then((module) => module.ProveDialog));

/**
 * Asks who the user is, over whatever is open, when a call of theirs wants a fresh proof. Its dialog loads when asked; one
 * that can't be loaded counts as cancelled, so that what is open stays.
 */
export function ProveIdentity({ username }: { username: string }) {
  const [asking, setAsking] = useState<Asking | null>(null);

  useEffect(() => {
    let giveUp = () => {};
    const remove = onProofRequired(async (wanted) => {
      const Dialog = await loadDialog().catch(() => null);
      if (!Dialog) return false;
      return new Promise((resolve) => {
        giveUp = () => resolve(false);
        const onEnd = (proved: boolean) => {
          setAsking(null);
          resolve(proved);
        };
        setAsking({ Dialog, wanted, onEnd });
      });
    });
    return () => {
      remove();
      giveUp();
    };
  }, []);

  return asking && <asking.Dialog username={username} wanted={asking.wanted} onEnd={asking.onEnd} />;
}
