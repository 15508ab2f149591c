"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { showToast } from "@/components/feedback/show-toast";
import { useRefresh } from "@/components/navigation/use-refresh";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import type { ChannelView, TestResult } from "@/lib/alerts/types";
import { removeChannelAction, testChannelAction } from "../actions";
import { ChannelDialog } from "./channel-dialog";
import { useFailureText } from "./use-failure-text";

type Open = { kind: "add" } | { kind: "edit" | "remove"; channel: ChannelView } | null;

/** Where alerts go: add, change, test, remove. */
export function ChannelsPanel({ channels }: { channels: readonly ChannelView[] }) {
  const t = useTranslations("alerts.channels");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const add = (
    <Button variant="primary" size="sm" icon="plus" onClick={() => setOpen({ kind: "add" })}>
      {t("add")}
    </Button>
  );
  return (
    <Panel title={t("title")} actions={channels.length > 0 && add}>
      {channels.length === 0 ? (
        <EmptyState title={t("empty")} actions={add}>
          {t("emptyHint")}
        </EmptyState>
      ) : (
        <ul className="grid divide-y divide-line">
          {channels.map((channel) => (
            <ChannelItem
              key={channel.id}
              channel={channel}
              onEdit={() => setOpen({ kind: "edit", channel })}
              onRemove={() => setOpen({ kind: "remove", channel })}
            />
          ))}
        </ul>
      )}
      {(open?.kind === "add" || open?.kind === "edit") && (
        <ChannelDialog channel={open.kind === "edit" ? open.channel : null} onClose={close} />
      )}
      {open?.kind === "remove" && <RemoveDialog channel={open.channel} onClose={close} />}
    </Panel>
  );
}

type ItemProps = { channel: ChannelView; onEdit: () => void; onRemove: () => void };

function ChannelItem({ channel, onEdit, onRemove }: ItemProps) {
  const t = useTranslations("alerts.channels");
  const refresh = useRefresh();
  const [result, setResult] = useState<TestResult | null>(null);
  const { run, pending, error } = useAction(testChannelAction, { effect: "write" });
  const { name } = channel;
  const test = async () => {
    setResult(null);
    const answer = await run({ channelId: channel.id });
    if (!answer.ok) return;
    setResult(answer.data);
    refresh();
  };
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-48 flex-1">
          <p className="flex flex-wrap items-center gap-2">
            <bdi className="font-medium [overflow-wrap:anywhere]">{name}</bdi>
            <Badge>{t(`kinds.${channel.kind}`)}</Badge>
            {!channel.on && <Badge tone="warning">{t("off")}</Badge>}
          </p>
          <p className="text-soft text-sm [overflow-wrap:anywhere]">{channel.shown}</p>
          {channel.pending > 0 && <p className="text-faint text-sm">{t("pending", { count: channel.pending })}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" pending={pending} onClick={test} aria-label={t("testOf", { name })}>
            {t("test")}
          </Button>
          <Button size="sm" onClick={onEdit} aria-label={t("editOf", { name })}>
            {t("edit")}
          </Button>
          <Button size="sm" onClick={onRemove} aria-label={t("removeOf", { name })}>
            {t("remove")}
          </Button>
        </div>
      </div>
      {error && <ErrorNotice error={error} />}
      <TestNote result={result} />
    </li>
  );
}

function TestNote({ result }: { result: TestResult | null }) {
  const t = useTranslations("alerts.channels");
  const failure = useFailureText();
  if (!result) return null;
  if (result.sent)
    return (
      <Callout tone="done" role="status">
        {t("testSent")}
      </Callout>
    );
  return (
    <Callout tone="danger" role="alert" title={t("testFailed")}>
      {result.error && failure(result.error)}
    </Callout>
  );
}

function RemoveDialog({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const t = useTranslations("alerts.channels");
  const refresh = useRefresh();
  const call = useAction(removeChannelAction, { effect: "write" });
  const confirm = async () => {
    const answer = await call.run({ channelId: channel.id });
    if (!answer.ok) return;
    onClose();
    void showToast("done", t("removed"));
    refresh();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("removeTitle", { name: channel.name })}
      verb={t("remove")}
      call={call}
      onConfirm={confirm}
    >
      {t("removeEffect")}
    </ConfirmDialog>
  );
}
