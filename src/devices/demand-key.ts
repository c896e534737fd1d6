import { spokenFor, type DeviceTokenFault, type RecognizedDevice } from './device.js'

/** What came of the proof that a request brought along: by which key it was made, or that it counts for nothing. */
export type DeviceKeyVerdict =
  | { readonly kind: 'proved'; readonly thumbprint: string }
  /** It names a key that did not sign it. */
  | { readonly kind: 'forged'; readonly thumbprint: string }
  /** There was none, or it is malformed, not of this minute, or for somewhere else. */
  | { readonly kind: 'missing' }

/** The proof of one request that its client holds a key; judged when it is asked for, and only once. */
export interface DeviceKeyProof {
  judge(): Promise<DeviceKeyVerdict>
  /** Uses the proof up: true for exactly one request, however often that one asks. */
  spend(): Promise<boolean>
}

/**
 * What is left of a recognised device when its key is asked for. A device without one stays as it is. A proof that is
 * missing, used before, or made by another key leaves nothing, because browsers lose their keys sooner than their cookies;
 * one that claims the key and was not signed by it is nobody's mistake.
 */
export async function demandKey(recognized: RecognizedDevice, proof: DeviceKeyProof): Promise<RecognizedDevice> {
  const held = await checkKey(recognized, proof)
  const isBound = (spokenFor(held)?.keyThumbprint ?? null) !== null
  return !isBound || (await proof.spend()) ? held : without(held, 'proof-replayed')
}

/**
 * The same without using the proof up: for who has just passed a second factor, to whom a proof that comes again within
 * its minute would give nothing they have not shown.
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

/** The key a device is bound to that is recorded now; null without a valid proof. */
export async function keyToBind(proof: DeviceKeyProof): Promise<string | null> {
  const verdict = await proof.judge()
  return verdict.kind === 'proved' ? verdict.thumbprint : null
}
