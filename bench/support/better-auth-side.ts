import { generateSync } from 'otplib'
import { startChild, type ChildServer } from './child.js'
import { createCaller, type Caller } from './http-caller.js'
import { crowdOf, type Side, type Walker } from './walker.js'

const PASSWORD = 'a rather long passphrase'

/** Counting costs time, so what is measured does not count. */
export const startBetterAuth = (mode: 'measured' | 'counting' = 'measured'): Promise<ChildServer> =>
  startChild(new URL('../rivals/better-auth-child.ts', import.meta.url), mode)

/** Better Auth with people who have all enrolled an authenticator app. It accepts a code repeatedly, so callers do not wait. */
export async function betterAuthSide(server: ChildServer, people: number): Promise<Side> {
  return {
    server,
    people: await crowdOf(people, (email) => walkerOf(server.url, email)),
    rest: () => Promise.resolve(),
  }
}

/** A new account that has enrolled an authenticator app, in a browser that is signed in. */
export async function enrolledAtBetterAuth(url: string, email: string) {
  const caller = createCaller(url, url)
  await caller.post('/api/auth/sign-up/email', { email, password: PASSWORD, name: email })
  const { totpURI } = await caller.post<{ totpURI: string }>('/api/auth/two-factor/enable', { password: PASSWORD })
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  await caller.post('/api/auth/two-factor/verify-totp', { code: generateSync({ secret }) })
  return { caller, secret }
}

async function walkerOf(url: string, email: string): Promise<Walker> {
  const { caller, secret } = await enrolledAtBetterAuth(url, email)
  await signOut(caller)
  return {
    signIn: async () => {
      caller.forget()
      const answer = await caller.post<{ twoFactorRedirect?: true }>('/api/auth/sign-in/email', {
        email,
        password: PASSWORD,
      })
      if (!answer.twoFactorRedirect) throw new Error('nobody was asked for a second factor')
    },
    verify: () => caller.post('/api/auth/two-factor/verify-totp', { code: generateSync({ secret }) }),
    check: async () => {
      const session = await caller.get<{ user: { email: string } } | null>('/api/auth/get-session')
      if (session?.user.email !== email) throw new Error('nobody is signed in')
    },
    leave: () => signOut(caller),
    sessions: async () => (await caller.get<readonly unknown[]>('/api/auth/list-sessions')).length,
  }
}

const signOut = (caller: Caller): Promise<void> => caller.post('/api/auth/sign-out', {})
