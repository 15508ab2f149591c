import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { NewPasskeyRequest, PasskeyRequest } from "@/lib/users";

const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];
const sha256 = (data: Buffer | string): Buffer => createHash("sha256").update(data).digest();
const uint = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

/** What a test may have it do wrongly. */
type Misbehaviour = { origin?: string; rpId?: string; verified?: boolean; counter?: number };

/** A passkey in memory that answers as a browser with its device does: ES256, no attestation. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(16);
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #origin: string;
  #counter = 0;

  constructor(origin = "https://cardesk.example") {
    this.#origin = origin;
  }

  /** Answer a request to make a passkey. */
  register(request: NewPasskeyRequest, wrong: Misbehaviour = {}) {
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    const bytes = (coordinate: string) =>
      Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(coordinate, "base64url")]);
    // CBOR by hand: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    const cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(x),
      Buffer.from([0x22]),
      bytes(y),
    ]);
    const credential = Buffer.concat([Buffer.alloc(16), uint(this.id.length, 2), this.id, cose]);
    const authData = Buffer.concat([this.#head(request.rp.id ?? "", ATTESTED, wrong), credential]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from("fmt"),
      Buffer.from([0x64]),
      Buffer.from("none"),
      Buffer.from([0x67]),
      Buffer.from("attStmt"),
      Buffer.from([0xa0, 0x68]),
      Buffer.from("authData"),
      Buffer.from([0x59]),
      uint(authData.length, 2),
      authData,
    ]);
    return {
      ...this.#envelope(),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", request.challenge, wrong).toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal" as const],
      },
    };
  }

  /** Answer a request to prove that it is there. */
  prove(request: PasskeyRequest, wrong: Misbehaviour = {}) {
    this.#counter = wrong.counter ?? this.#counter + 1;
    const authenticatorData = this.#head(request.rpId ?? "", 0, wrong);
    const clientData = this.#clientData("webauthn.get", request.challenge, wrong);
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientData)]), this.#keys.privateKey);
    return {
      ...this.#envelope(),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
      },
    };
  }

  #envelope() {
    const id = this.id.toString("base64url");
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} };
  }

  #head(rpId: string, flags: number, { rpId: other, verified = true }: Misbehaviour): Buffer {
    const all = flags | PRESENT | (verified ? VERIFIED : 0);
    return Buffer.concat([sha256(other ?? rpId), Buffer.from([all]), uint(this.#counter, 4)]);
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Misbehaviour): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
