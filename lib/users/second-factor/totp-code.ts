import "server-only";
import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";

const ISSUER = "Cardesk";
/** RFC 6238's defaults: the only ones every authenticator app knows. */
const SETTINGS = { algorithm: "SHA1", digits: 6, period: 30 };
/** Codes of the step before and the step after count too: clocks differ, and typing takes a while. */
const WINDOW = 1;

/** A new secret of 160 bits, in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app is set up with: the otpauth URI, and the same as a QR code (SVG). */
export function describeTotp(secret: string, username: string): { uri: string; qr: string } {
  const uri = new TOTP({ ...SETTINGS, issuer: ISSUER, label: username, secret }).toString();
  return { uri, qr: renderSVG(uri, { border: 4, ecc: "M" }) };
}

/** The time step whose code this is, if it is near `at` and later than `after`; null for any other code. */
export function acceptedStep(secret: string, code: string, at: Date, after: number | null): number | null {
  const timestamp = at.getTime();
  const delta = TOTP.validate({
    ...SETTINGS,
    secret: Secret.fromBase32(secret),
    token: code,
    timestamp,
    window: WINDOW,
  });
  if (delta === null) return null;
  const step = TOTP.counter({ period: SETTINGS.period, timestamp }) + delta;
  return after === null || step > after ? step : null;
}
