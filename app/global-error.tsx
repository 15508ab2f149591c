"use client";

import { usePageRecovery } from "@/components/feedback/use-page-recovery";
import "./globals.css";

/** The layout itself failed, so there are no messages: both languages in plain markup. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const fault = usePageRecovery(error, retry);
  const words = fault === "outdated" ? OUTDATED : FAILED;
  return (
    <html lang="zh-CN" data-theme="system">
      <body>
        <title>Cardesk</title>
        {fault === null ? (
          <p role="status" className="px-4 py-16 text-center text-soft">
            加载中… · <span lang="en">Loading…</span>
          </p>
        ) : (
          <main className="mx-auto max-w-md px-4 py-16 text-center">
            <div role="alert">
              <h1 className="font-semibold text-lg">{words.title}</h1>
              <p className="mt-1 text-soft">{words.hint}</p>
              <p className="mt-3 text-soft" lang="en">
                {words.english}
              </p>
              <button
                type="button"
                onClick={fault === "outdated" ? () => window.location.reload() : retry}
                className="mt-5 h-8 rounded-md border border-control bg-surface px-4 font-medium"
              >
                {words.button} · <span lang="en">{words.englishButton}</span>
              </button>
            </div>
          </main>
        )}
      </body>
    </html>
  );
}

const FAILED = {
  title: "页面出错了",
  hint: "请重试。正在执行的操作不受影响，其结果可在“操作”中查看。",
  english:
    "Something went wrong. Try again. Operations in progress are not affected; see Operations for their outcome.",
  button: "重试",
  englishButton: "Retry",
};

const OUTDATED = {
  title: "这个页面来自旧版本的 Cardesk",
  hint: "请刷新。正在执行的操作不受影响，其结果可在“操作”中查看。",
  english:
    "This page is from an earlier version of Cardesk: refresh it. Operations in progress are not affected; see Operations for their outcome.",
  button: "刷新",
  englishButton: "Refresh",
};
