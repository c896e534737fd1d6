import type { ResultOf, VariablesOf } from './documents.js'

/** An answer of the gateway, as a client sees it. */
export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly data: T | null
  readonly errors: readonly AnswerError[]
  /** The body as it came over the wire. */
  readonly text: string
}

export interface AnswerError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string }
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

/** A browser or app that talks to the gateway over HTTP and keeps its cookies. */
export interface Client {
  send<D extends { toString(): string }>(
    document: D,
    variables?: VariablesOf<D>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<ResultOf<D>>>
  /** Sends a body unchanged. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Answer<Readonly<Record<string, unknown>>>>
  readonly cookies: Map<string, string>
  /** The same client at another gateway process. */
  at(url: string): Client
  /** Another client with a copy of the cookies. */
  copy(): Client
}

export interface ClientOptions {
  readonly userAgent?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: ReadonlyMap<string, string>
}

export function createClient(url: string, options: ClientOptions = {}): Client {
  const cookies = new Map(options.cookies)
  const fixed = { 'user-agent': options.userAgent ?? FIREFOX, ...options.headers }

  async function post<T>(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}), ...fixed, ...headers },
      body,
    })
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
    const text = await response.text()
    const answer = parseBody<T>(text)
    return { status: response.status, headers: response.headers, ...answer, text }
  }

  return {
    send: (document, variables, headers) => post(JSON.stringify({ query: document.toString(), variables }), headers),
    post,
    cookies,
    at: (elsewhere) => createClient(elsewhere, { ...options, cookies }),
    copy: () => createClient(url, { ...options, cookies }),
  }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, equals)
  const value = pair.slice(equals + 1)
  if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}

function parseBody<T>(text: string): { data: T | null; errors: readonly AnswerError[] } {
  const body = JSON.parse(text) as { data?: T | null; errors?: readonly AnswerError[] }
  return { data: body.data ?? null, errors: body.errors ?? [] }
}

/** The code of the first error, or null when there is none. */
export const codeOf = (answer: Answer<unknown>): string | null => answer.errors[0]?.extensions.code ?? null

/** The data of an answer; fails the test when it has errors instead. */
export function dataOf<T>(answer: Answer<T>): T {
  if (answer.errors.length > 0 || answer.data === null) throw new Error(`unexpected answer: ${answer.text}`)
  return answer.data
}
