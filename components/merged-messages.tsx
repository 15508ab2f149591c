"use client";

import { type Messages, NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ComponentType, type ReactNode, useMemo } from "react";

/** Adds namespaces to those of the outer provider, which a nested provider alone would replace. */
export function MergedMessages({ messages, children }: { messages: Partial<Messages>; children: ReactNode }) {
  const outer = useMessages();
  const merged = useMemo(() => ({ ...outer, ...messages }), [outer, messages]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={merged}>
      {children}
    </NextIntlClientProvider>
  );
}

/** A component loaded on demand, with the messages that were loaded with it. */
export function withMessages<P extends object>(
  Component: ComponentType<P>,
  messages: Partial<Messages>,
): ComponentType<P> {
  return function WithMessages(props) {
    return (
      <MergedMessages messages={messages}>
        <Component {...props} />
      </MergedMessages>
    );
  };
}
