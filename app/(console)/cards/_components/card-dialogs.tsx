"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import type { RowAction } from "./row-action";

const loadTransfer = () => import("./transfer-dialog").then((module) => module.TransferDialog);
const loadDestroy = () => import("./destroy-dialog").then((module) => module.DestroyDialog);
const TransferDialog = dynamic(loadTransfer, { ssr: false });
const DestroyDialog = dynamic(loadDestroy, { ssr: false });

/** Fetch the dialogs' code before they are asked for. */
export function preloadDialogs(): void {
  void loadTransfer();
  void loadDestroy();
}

type Props = { action: RowAction | null; onClose: () => void; onChanged: () => void };

/** The dialogs of a table or card page, mounted once and driven by one action. Their code comes when the page rests. */
export function CardDialogs({ action, onClose, onChanged }: Props) {
  useEffect(() => {
    if (!("requestIdleCallback" in window)) return;
    const idle = requestIdleCallback(preloadDialogs, { timeout: 10_000 });
    return () => cancelIdleCallback(idle);
  }, []);
  if (action?.kind === "transfer") {
    return <TransferDialog source={action.source} onClose={onClose} onChanged={onChanged} />;
  }
  if (action?.kind === "destroy") {
    return <DestroyDialog cardIds={action.cardIds} onClose={onClose} onChanged={onChanged} />;
  }
  return null;
}
