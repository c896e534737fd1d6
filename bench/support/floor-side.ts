import { generateSecret, generateSync } from 'otplib'
import type { StoreKind } from '../../test/support/gateway.js'
import { startChild } from './child.js'
import { createCaller } from './http-caller.js'
import { crowdsOf, type CrowdSizes, type Side, type Walker } from './walker.js'

const PASSWORD = 'a rather long passphrase'
// The floor accepts a code repeatedly, so its clock need not move.
const EPOCH = 1_700_000_000

/** The hand-written floor with its people, who send as many requests as those of the gateway. */
export async function floorSide(store: StoreKind, sizes: CrowdSizes): Promise<Side> {
  const server = await startChild(new URL('./floor-child.ts', import.meta.url), store, String(EPOCH))
  const crowd = await crowdsOf(sizes, (email) => walkerOf(server.url, email))
  return { server, crowd, rest: () => Promise.resolve() }
}

async function walkerOf(url: string, email: string): Promise<Walker> {
  const caller = createCaller(url, 'session')
  const totpSecret = generateSecret()
  await caller.post('/sign-up', JSON.stringify({ email, password: PASSWORD, totpSecret }))
  const ask = async (path: string, body: object, expected: string): Promise<void> => {
    const { state } = await caller.post<{ state: string }>(path, JSON.stringify(body))
    if (state !== expected) throw new Error(`${path} answered ${state}`)
  }
  return {
    signIn: () => {
      caller.forget()
      return ask('/sign-in', { email, password: PASSWORD }, 'pending')
    },
    challenge: () => ask('/session', {}, 'pending'),
    verify: () => ask('/verify', { code: generateSync({ secret: totpSecret, epoch: EPOCH }) }, 'active'),
  }
}
