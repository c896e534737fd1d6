/** A mail as it went over the wire, parsed: headers by lower-case name, and the body of each part by its type. */
export interface ParsedMail {
  readonly headers: ReadonlyMap<string, string>
  readonly parts: ReadonlyMap<string, string>
}

/** The subset of RFC 2045 to 2049 that our mailer writes: one part, or several in a row. */
export function parseMail(content: string): ParsedMail {
  const { headers, body } = splitEntity(content)
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1]
  const entities = boundary === undefined ? [content] : body.split(`--${boundary}`).slice(1, -1)
  const parts = entities.map((each) => {
    const entity = splitEntity(each.replace(/^\n/, ''))
    const type = (entity.headers.get('content-type') ?? '').split(';')[0] ?? ''
    return [type, decode(entity.body, entity.headers.get('content-transfer-encoding') ?? '7bit')] as const
  })
  return { headers, parts: new Map(parts) }
}

function splitEntity(entity: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const end = entity.indexOf('\n\n')
  const lines = entity
    .slice(0, end)
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { headers: new Map(headers), body: entity.slice(end + 2) }
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding !== 'quoted-printable') return body
  const joined = body.replace(/=\n/g, '')
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
