import "server-only";

/** NIST SP 800-63B-4: characters, not bytes. */
export const MIN_LENGTH = { withSecondFactor: 12, alone: 15 };
/** The shortest password of who is asked for this second factor, or for none. */
export const minLengthFor = (secondFactor: unknown): number =>
  secondFactor ? MIN_LENGTH.withSecondFactor : MIN_LENGTH.alone;
/** Of a good guesser, as zxcvbn counts them. Three words of a list make about 100 million. */
const MIN_GUESSES = 300_000_000;
/** Estimating takes longer with the square of the length; what begins like this is good or bad already. */
const ESTIMATED = 64;
/** A name this short may stand in a password by chance. */
const SHORT_NAME = 4;
/** Common here, and not in zxcvbn's list of mostly English ones. */
const LOCAL_WORDS = [
  "cardesk",
  "woaini",
  "aini",
  "1314",
  "520",
  "5201314",
  "1314520",
  "wang",
  "zhang",
  "mima",
  "zaq12wsx",
];

export type PasswordFault = "password_too_short" | "password_has_name" | "password_common";
export type Candidate = { password: string; username: string; secondFactor?: boolean };

/** Why a password can't be chosen: a key under "errors". Null if it can. */
export async function passwordFault({ password, username, secondFactor }: Candidate): Promise<PasswordFault | null> {
  const [chosen, name] = [password, username].map((text) => text.normalize("NFKC").toLowerCase());
  if (chosen === undefined || name === undefined) return "password_too_short";
  if ([...chosen].length < minLengthFor(secondFactor)) return "password_too_short";
  if (name.length >= SHORT_NAME && chosen.includes(name)) return "password_has_name";
  const estimator = await loadEstimator();
  const { guesses } = estimator.check(password.normalize("NFKC").slice(0, ESTIMATED), [name, ...LOCAL_WORDS]);
  return guesses < MIN_GUESSES ? "password_common" : null;
}

type Estimator = { check: (password: string, words: string[]) => { guesses: number } };
let loading: Promise<Estimator> | undefined;
let forgetting: NodeJS.Timeout | undefined;

/** Who is told no tries again soon; later the list would only take up memory, ranked some 5 MB. */
const KEPT_MS = 10_000;

/** Some 50,000 common passwords and the keyboards: read when a password is chosen, on the server only. */
function loadEstimator(): Promise<Estimator> {
  clearTimeout(forgetting);
  forgetting = setTimeout(() => {
    loading = undefined;
  }, KEPT_MS).unref();
  loading ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }]) =>
      new ZxcvbnFactory({ graphs: adjacencyGraphs, dictionary }),
  );
  return loading;
}
