type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What a field had when it was last changed, and whether Enter was pressed in it since. */
type Early = { value: string; checked: boolean; entered: boolean };

const FIELDS = "input:not([type=hidden], [type=file]), textarea, select";

const early = new Map<Field, Early>();
const watching = new AbortController();

/**
 * Note what people do to a page's fields before React hydrates it, which React would not hear of: the field would show it, and
 * the page act on what it was before. To be called before hydration; {@link replayEarlyInput} ends it.
 */
export function watchEarlyInput(): void {
  for (const field of document.querySelectorAll<Field>(FIELDS))
    if (isChanged(field) && (field === document.activeElement || !mayBeRestored())) note(field);
  const on = (type: string, listener: (field: Field, event: Event) => void) =>
    document.addEventListener(
      type,
      (event) => {
        if (event.target instanceof Element && event.target.matches(FIELDS)) listener(event.target as Field, event);
      },
      { capture: true, signal: watching.signal },
    );
  on("input", note);
  on("keydown", (field, event) => {
    const noted = early.get(field);
    // A form's Enter is the form's.
    if (noted && isEnter(event as KeyboardEvent) && !field.form && field.tagName === "INPUT") noted.entered = true;
  });
}

/** Do it again, once React hears it. */
export function replayEarlyInput(): void {
  watching.abort();
  for (const [field, noted] of early) {
    if (!field.isConnected || field.disabled) continue;
    replay(field, noted);
    if (noted.entered && document.activeElement === field)
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  }
  early.clear();
}

const note = (field: Field): void => {
  // To the end: of several radios the one chosen last is.
  early.delete(field);
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
  if (!isBox(field)) return field.value !== field.defaultValue;
  // A radio is left by choosing another.
  return field.checked !== field.defaultChecked && (field.checked || field.type === "checkbox");
}

/**
 * React takes no event of a field that has what React itself last saw or set there, which it notes in a setter of the field's
 * own. That is told another value, and a copy takes it: to set the field itself would end what an input method composes in it.
 */
function replay(field: Field, { value, checked }: Early): void {
  if (field instanceof HTMLSelectElement) {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (isBox(field)) {
    field.checked = !checked;
    field.click();
  } else if (value !== field.defaultValue) {
    Reflect.set(field, "value", field.defaultValue, field.cloneNode());
    if (field.value !== value) Reflect.set(Object.getPrototypeOf(field), "value", value, field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const isBox = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

const isEnter = ({ key, isComposing, keyCode }: KeyboardEvent): boolean =>
  key === "Enter" && !isComposing && keyCode !== 229;
