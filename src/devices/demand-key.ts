import { spokenFor, type DeviceTokenFault, type RecognizedDevice } from './device.js'

/** The result of checking a request's key proof: the key that made it, or why it does not count. */
export type DeviceKeyVerdict =
  | { readonly kind: 'proved'; readonly thumbprint: string }
  /** It names a key that did not sign it. */
  | { readonly kind: 'forged'; readonly thumbprint: string }
  /** There was none, or it is malformed, outdated, or for another endpoint. */
  | { readonly kind: 'missing' }

/** The proof in one request that its client holds a key; verified on demand, and only once. */
export interface DeviceKeyProof {
  judge(): Promise<DeviceKeyVerdict>
  /** Spends the proof: true for exactly one request, however often that request calls it. */
  spend(): Promise<boolean>
}

/**
 * The recognised device after its key was demanded. A device without a key stays as it is. A missing, used or wrong-key
 * proof means no device, but no suspicion either, because browsers lose keys sooner than cookies. A proof that claims
 * the key without its signature is an attack.
 */
export async function demandKey(recognized: RecognizedDevice, proof: DeviceKeyProof): Promise<RecognizedDevice> {
  const held = await checkKey(recognized, proof)
  const isBound = (spokenFor(held)?.keyThumbprint ?? null) !== null
  return !isBound || (await proof.spend()) ? held : without(held, 'proof-replayed')
}

/**
 * The same without spending the proof, after a second factor was just passed: repeating the proof within its minute
 * would show nothing new.
 */
export async function checkKey(recognized: RecognizedDevice, proof: DeviceKeyProof): Promise<RecognizedDevice> {
  const bound = spokenFor(recognized)?.keyThumbprint ?? null
  if (bound === null) return recognized
  const verdict = await proof.judge()
  if (verdict.kind === 'missing') return without(recognized, 'key-missing')
  if (verdict.thumbprint !== bound) return without(recognized, 'key-differs')
  if (verdict.kind === 'forged') return { ...recognized, state: 'foreign', fault: 'key-forged' }
  return recognized
}

const without = (recognized: RecognizedDevice, fault: DeviceTokenFault): RecognizedDevice => ({
  ...recognized,
  state: 'none',
  fault,
})

/** The key to bind to a device that is recorded now; null without a valid proof. */
export async function keyToBind(proof: DeviceKeyProof): Promise<string | null> {
  const verdict = await proof.judge()
  return verdict.kind === 'proved' ? verdict.thumbprint : null
}
