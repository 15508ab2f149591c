type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What a field had when it was last changed, and whether Enter was pressed in it since. */
type Early = { value: string; checked: boolean; entered: boolean };

const FIELDS = "input:not([type=hidden], [type=file]), textarea, select";

const early = new Map<Field, Early>();
const watching = new AbortController();
let composing: Field | null = null;

/**
 * Note what people do to a page's fields before React hydrates it, which React would not hear of: the field would show it, and
 * the page act on what it was before. To be called before hydration; {@link replayEarlyInput} ends it.
 */
export function watchEarlyInput(): void {
  for (const field of document.querySelectorAll<Field>(FIELDS))
    if (isChanged(field) && (field === document.activeElement || !mayBeRestored())) note(field);
  const on = (type: string, listener: (event: Event, field: Field) => void) =>
    document.addEventListener(
      type,
      (event) => {
        if (event.target instanceof Element && event.target.matches(FIELDS)) listener(event, event.target as Field);
      },
      { capture: true, signal: watching.signal },
    );
  on("input", (_, field) => note(field));
  on("compositionstart", (_, field) => {
    composing = field;
  });
  on("compositionend", () => {
    composing = null;
  });
  on("keydown", (event, field) => {
    const noted = early.get(field);
    // A form's Enter is the form's.
    if (noted && isEnter(event as KeyboardEvent) && !field.form && field.tagName === "INPUT") noted.entered = true;
  });
}

/**
 * Do it again, in the layout effect of what React hydrated: nothing a person does comes between. What an input method still
 * composes comes to React by itself. Enter comes when what was typed has been taken.
 */
export function replayEarlyInput(): void {
  watching.abort();
  for (const [field, noted] of early) {
    if (!field.isConnected || field.disabled || field === composing) continue;
    replay(field, noted);
    if (noted.entered) setTimeout(pressEnter, 0, field);
  }
  early.clear();
}

function pressEnter(field: Field): void {
  if (document.activeElement === field)
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
}

const note = (field: Field): void => {
  early.set(field, { value: field.value, checked: "checked" in field && field.checked, entered: false });
};

/** Whether the browser may have put back what fields had before, which nobody did. */
function mayBeRestored(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return !(visit instanceof PerformanceNavigationTiming && visit.type === "navigate");
}

/** Against what the server wrote. */
function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const written = field.querySelector<HTMLOptionElement>("option[selected]") ?? field.options[0];
    return written !== undefined && !written.selected;
  }
  return isBox(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/**
 * React takes no event of a field that has what React itself last saw or set there. So the field is set back in a way React
 * sees, and then forward in one it does not, as typing is.
 */
function replay(field: Field, { value, checked }: Early): void {
  if (field instanceof HTMLSelectElement) {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (isBox(field)) {
    field.checked = !checked;
    field.click();
  } else if (value !== field.defaultValue) {
    field.value = field.defaultValue;
    Reflect.set(Object.getPrototypeOf(field), "value", value, field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const isBox = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

const isEnter = ({ key, isComposing, keyCode }: KeyboardEvent): boolean =>
  key === "Enter" && !isComposing && keyCode !== 229;
