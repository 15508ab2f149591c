/**
 * A thing that a text may name. `whole` identifies it. `masked` is a phone as lists show it (159****8888), `end` the last 4
 * of a phone, code or key. `start` is the first 6 or more characters of an id, `part` any other piece. `guess` is a word that
 * may be a code or just a word, `read` a code as `foldCode` folds it.
 */
export type Candidate =
  | { kind: "phone"; exactness: "whole" | "masked" | "end" | "part"; value: string }
  | { kind: "code"; exactness: "whole" | "guess" | "read" | "end" | "part"; value: string }
  /** Hex digits in lower case, 32 if whole: of a card, a user, a batch, an operation or a key. */
  | { kind: "id"; exactness: "whole" | "start"; value: string }
  | { kind: "key"; exactness: "end"; value: string }
  | { kind: "reference"; exactness: "whole"; value: string }
  /** `whole` is the text as it stands, `part` what is left of it without the words people say around a name. */
  | { kind: "name"; exactness: "whole" | "part"; value: string };
