import { Agent, request } from 'node:http'

/** One client of the load: a kept connection and the one cookie it was given last. */
export interface Caller {
  /** The parsed answer. Throws when the status is not 200 or the answer holds errors. */
  post<Answer>(path: string, body: string): Promise<Answer>
  /** Clears its cookies: the next sign-in comes from an unknown browser. */
  forget(): void
}

/**
 * Node's own client, because the load shares two cores with the server. Of several cookies it keeps the one that is
 * called `sessionCookie`, so a device cookie never spares it the second factor.
 */
export function createCaller(url: string, sessionCookie: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let cookie: string | null = null
  return {
    forget: () => {
      cookie = null
    },
    post: <Answer>(path: string, body: string) =>
      new Promise<Answer>((resolve, reject) => {
        const headers = {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
          ...(cookie === null ? {} : { cookie }),
        }
        const sent = request(url + path, { method: 'POST', agent, headers }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => {
            const line = response.headers['set-cookie']?.find((each) => each.startsWith(`${sessionCookie}=`))
            if (line !== undefined) cookie = line.slice(0, line.indexOf(';'))
            const text = Buffer.concat(chunks).toString()
            if (response.statusCode !== 200 || text.startsWith('{"errors"')) reject(new Error(text))
            else resolve(JSON.parse(text) as Answer)
          })
        })
        sent.on('error', reject).end(body)
      }),
  }
}
