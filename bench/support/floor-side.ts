import { generateSecret, generateSync } from 'otplib'
import type { StoreKind } from '../../test/support/gateway.js'
import { startChild, type ChildServer } from './child.js'
import { createCaller } from './http-caller.js'
import { crowdOf, type Side, type Walker } from './walker.js'

const PASSWORD = 'a rather long passphrase'
// The floor accepts a code repeatedly, so its clock need not move.
const EPOCH = 1_700_000_000

/** Counting costs time, so what is measured does not count. */
export const startFloor = (store: StoreKind, mode: 'measured' | 'counting' = 'measured'): Promise<ChildServer> =>
  startChild(new URL('./floor-child.ts', import.meta.url), store, String(EPOCH), mode)

/** The hand-written floor with its people, who send as many requests as those of the gateway. */
export async function floorSide(server: ChildServer, people: number): Promise<Side> {
  return {
    server,
    people: await crowdOf(people, (email) => walkerOf(server.url, email)),
    rest: () => Promise.resolve(),
  }
}

async function walkerOf(url: string, email: string): Promise<Walker> {
  const caller = createCaller(url)
  const totpSecret = generateSecret()
  await caller.post('/sign-up', { email, password: PASSWORD, totpSecret })
  const ask = async (path: string, body: object, expected: string): Promise<void> => {
    const { state } = await caller.post<{ state: string }>(path, body)
    if (state !== expected) throw new Error(`${path} answered ${state}`)
  }
  return {
    signIn: () => {
      caller.forget()
      return ask('/sign-in', { email, password: PASSWORD }, 'pending')
    },
    verify: () => ask('/verify', { code: generateSync({ secret: totpSecret, epoch: EPOCH }) }, 'active'),
    check: () => ask('/session', {}, 'active'),
    leave: () => caller.post('/sign-out', {}),
    sessions: async () => (await caller.post<{ count: number }>('/sessions', {})).count,
  }
}
