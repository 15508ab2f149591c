import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { en } from "@/lib/web/i18n/messages-en";
import { Field } from "./form/field";
import { Term } from "./term";

const html = (children: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="Asia/Shanghai">
      {children}
    </NextIntlClientProvider>,
  );

test("the mark opens its text without a script, and is described by it before that", () => {
  const [, target] = /<button[^>]*popoverTarget="([^"]+)"/i.exec(html(<Term name="points" />)) ?? [];
  expect(target).toBeTruthy();
  const shown = html(<Term name="points" />);
  expect(shown).toContain(`<span id="${target}" popover="auto"`);
  expect(shown).toContain(`aria-label="${en.terms.what}" title="A Talk-Bot account`);
});

test("a field's name is its label alone", () => {
  const shown = html(
    <Field label="Code" about={<Term name="code" />}>
      {(control) => <input {...control} />}
    </Field>,
  );
  expect(/<label[^>]*>(.*?)<\/label>/.exec(shown)?.[1]).toBe("Code");
  expect(shown.indexOf("</label>")).toBeLessThan(shown.indexOf("<button"));
});
