import type { IncomingMessage } from 'node:http'

export type BodyOutcome =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'wrong-type' }
  | { readonly kind: 'not-text' }

// Other parameters than the character set have no meaning for JSON, and some clients send them.
const PARAMETER = /[ \t]*;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)[ \t]*=[ \t]*("[^"\\]*"|[\w!#$%&'*+.^`|~-]+))?[ \t]*/y
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8'])

// Invalid UTF-8 is an error. A byte order mark is kept, so that the JSON parser rejects it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads a JSON body as text. Type and announced length are checked before any byte is read (A12–A14). */
export async function readJsonBody(req: IncomingMessage, maxBytes: number): Promise<BodyOutcome> {
  if (!isPlainJson(req)) return { kind: 'wrong-type' }
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return { kind: 'too-large' }
  const bytes = await readUpTo(req, maxBytes)
  return bytes === null ? { kind: 'too-large' } : decode(bytes)
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') return false
  const transfer = headers['transfer-encoding']
  if (transfer !== undefined && transfer.toLowerCase() !== 'chunked') return false
  return isJsonInUtf8(headers['content-type'] ?? '')
}

function isJsonInUtf8(contentType: string): boolean {
  const [type = ''] = contentType.split(';', 1)
  if (type.trim().toLowerCase() !== 'application/json') return false
  const charsets: string[] = []
  PARAMETER.lastIndex = type.length
  while (PARAMETER.lastIndex < contentType.length) {
    const parameter = PARAMETER.exec(contentType)
    if (!parameter) return false
    if (parameter[1]?.toLowerCase() === 'charset') charsets.push((parameter[2] ?? '').replaceAll('"', '').toLowerCase())
  }
  return charsets.length === 0 || (charsets.length === 1 && UTF8.has(charsets[0] ?? ''))
}

/** Null when the body is too long. The rest is discarded as it arrives, within the request timeout. */
function readUpTo(req: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      if (length <= maxBytes) return void chunks.push(chunk)
      req.off('data', onData)
      req.resume()
      resolve(null)
    }
    req.on('data', onData)
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    // An error here always comes from the connection: Node reports "aborted" before it closes, and for broken framing.
    const onGone = (): void => {
      if (!req.complete || req.errored) reject(new ClientGone())
    }
    req.once('error', onGone)
    req.once('close', onGone)
    if (req.destroyed) onGone()
  })
}

/** The connection broke while the request was read, so there is nobody to answer. */
export class ClientGone extends Error {}

function decode(bytes: Buffer): BodyOutcome {
  try {
    return { kind: 'read', text: utf8.decode(bytes) }
  } catch {
    return { kind: 'not-text' }
  }
}
