import type { TypedDocumentString } from '../../schema/generated/graphql.js'
import { Surprise } from './surprise.js'

/** An answer of the gateway as it came over the wire. */
export interface Answer<Data> {
  readonly status: number
  readonly data: Data | null
  readonly errors: readonly AnswerError[]
  readonly text: string
}

export interface AnswerError {
  readonly message: string
  readonly extensions: { readonly code?: string; readonly stepUp?: StepUpExtension }
}

/** The part of `extensions.stepUp` that a client uses. */
export interface StepUpExtension {
  readonly reason: string
  readonly purpose: string | null
  readonly maxAge: number | null
  readonly challenge: readonly { readonly factorId: string; readonly type: string; readonly name: string }[]
  readonly enroll: readonly string[]
  readonly mfaToken: string
}

/** A browser with a page of the application open: it keeps cookies and sends its page's origin. */
export interface Browser {
  send<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables?: Variables): Promise<Answer<Data>>
}

export interface BrowserOptions {
  readonly url: string
  /** The origin of the page. */
  readonly origin: string
  readonly userAgent: string
}

const PATIENCE_MS = 10_000

export function openBrowser({ url, origin, userAgent }: BrowserOptions): Browser {
  const cookies = new Map<string, string>()
  return {
    send: async (document, variables) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetchInTime(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'user-agent': userAgent, ...(cookie && { cookie }) },
        body: JSON.stringify({ query: document.toString(), variables }),
      })
      for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
      return readAnswer(response)
    },
  }
}

/** Like `fetch`, but a gateway that does not answer is reported as a surprise instead of waiting. */
export async function fetchInTime(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    throw new Surprise(`no answer from ${url}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function readAnswer<Data>(response: Response): Promise<Answer<Data>> {
  const text = await response.text()
  const body = parseJson(text) as Partial<Answer<Data>> | null
  if (body === null) throw new Surprise(`HTTP ${response.status}, and no JSON: ${text.slice(0, 200)}`)
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [], text }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (name === undefined) return
  if (!value || /;\s*max-age=0(?:;|$)/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
