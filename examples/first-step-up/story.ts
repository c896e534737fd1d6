import type { Authenticator } from './authenticator.js'
import { openBrowser, type Browser } from './browser.js'
import type { DemoGateway } from './gateway.js'
import { expect } from './surprise.js'

/** The person in the demo. She is also the operator, so she may read the audit log. */
export const ADA = { email: 'ada@example.com', password: 'difference engines need gears' } as const

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

/** What the steps pass on to each other. */
export interface Story {
  readonly gateway: DemoGateway
  /** The browser of the first steps. */
  readonly laptop: Browser
  /** A browser the gateway has never seen. */
  readonly elsewhere: Browser
  readonly colours: boolean
  linkToken: string | null
  challengeId: string | null
  recoveryCodes: readonly string[] | null
  authenticator: (Authenticator & { readonly factorId: string }) | null
  mfaToken: string | null
}

export function newStory(gateway: DemoGateway, colours: boolean): Story {
  const { url, pageOrigin: origin } = gateway
  return {
    gateway,
    laptop: openBrowser({ url, origin, userAgent: FIREFOX }),
    elsewhere: openBrowser({ url, origin, userAgent: CHROME }),
    colours,
    linkToken: null,
    challengeId: null,
    recoveryCodes: null,
    authenticator: null,
    mfaToken: null,
  }
}

/** What an earlier step has put into the story. */
export function given<T>(value: T | null): T {
  expect(value !== null, 'an earlier step left nothing to go on with')
  return value
}
