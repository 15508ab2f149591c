"use client";

import { usePageRecovery } from "@/components/feedback/use-page-recovery";
import "./globals.css";

/** The layout itself failed, so there are no messages: both languages in plain markup. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const fault = usePageRecovery(error, retry);
  return (
    <html lang="zh-CN" data-theme="system">
      <body>
        <title>Cardesk</title>
        {fault === null ? (
          <p role="status" className="px-4 py-16 text-center text-soft">
            加载中… · <span lang="en">Loading…</span>
          </p>
        ) : fault === "outdated" ? (
          <main role="alert" className="mx-auto max-w-md px-4 py-16 text-center">
            <h1 className="font-semibold text-lg">这个页面来自旧版本的 Cardesk</h1>
            <p className="mt-1 text-soft">没有发出任何请求。请刷新页面后重试。</p>
            <p className="mt-3 text-soft" lang="en">
              This page is from an earlier version of Cardesk. Nothing was sent. Reload the page and try again.
            </p>
            <button
              type="button"
              onClick={() => window.location.reload()}
              className="mt-5 h-8 rounded-md border border-control bg-surface px-4 font-medium"
            >
              刷新 · <span lang="en">Refresh</span>
            </button>
          </main>
        ) : (
          <main role="alert" className="mx-auto max-w-md px-4 py-16 text-center">
            <h1 className="font-semibold text-lg">页面出错了</h1>
            <p className="mt-1 text-soft">请重试。正在执行的操作不受影响，其结果可在“操作”中查看。</p>
            <p className="mt-3 text-soft" lang="en">
              Something went wrong. Try again. Operations in progress are not affected; see Operations for their
              outcome.
            </p>
            <button
              type="button"
              onClick={retry}
              className="mt-5 h-8 rounded-md border border-control bg-surface px-4 font-medium"
            >
              重试 · <span lang="en">Retry</span>
            </button>
          </main>
        )}
      </body>
    </html>
  );
}
