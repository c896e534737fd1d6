import { Agent, request } from 'node:http'

/** One browser of the load: a kept connection and its cookies. */
export interface Caller {
  /** The parsed answer. Throws when the status is not 200 or the answer holds errors. */
  post<Answer>(path: string, body: object): Promise<Answer>
  get<Answer>(path: string): Promise<Answer>
  /** Clears its cookies: the next sign-in comes from an unknown browser. */
  forget(): void
  /** The header that other clients of the same browser would send. */
  cookies(): string
}

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'

/** Node's own client, because the load shares the processors with the servers. */
export function createCaller(url: string, origin: string | null = null): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const jar = new Map<string, string>()
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  const send = <Answer>(method: string, path: string, body: string): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      const headers = {
        ...(method === 'POST' && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        'user-agent': USER_AGENT,
        ...(origin !== null && { origin }),
        ...(jar.size > 0 && { cookie: cookies() }),
      }
      const sent = request(url + path, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          for (const line of response.headers['set-cookie'] ?? []) keep(jar, line)
          const text = Buffer.concat(chunks).toString()
          if (response.statusCode !== 200 || text.startsWith('{"errors"')) reject(new Error(`${path}: ${text}`))
          else resolve(JSON.parse(text) as Answer)
        })
      })
      sent.on('error', reject).end(body)
    })

  return {
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    get: (path) => send('GET', path, ''),
    forget: () => jar.clear(),
    cookies,
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';')
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  const isExpired = attributes.some((each) => each.trim().toLowerCase() === 'max-age=0')
  if (isExpired || value === '') jar.delete(name)
  else jar.set(name, value)
}
