import { setTimeout as wait } from 'node:timers/promises'
import { fetchInTime } from './browser.js'
import { Surprise } from './surprise.js'

const PATIENCE_MS = 5_000
const PAUSE_MS = 20

/**
 * The token of the link that was mailed to this address. Mail leaves after the answer, so it may take a moment to
 * arrive.
 */
export async function readLinkToken(url: string, address: string): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const mail = (await readOutbox(url)).findLast((message) => message.to === address)
    const token = /\/confirm#token=(\S+)/.exec(mail?.text ?? '')?.[1]
    if (token) return token
    if (performance.now() > deadline) throw new Surprise(mail ? `a mail without a link: ${mail.subject}` : 'no mail')
    await wait(PAUSE_MS)
  }
}

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

async function readOutbox(url: string): Promise<readonly Mail[]> {
  const response = await fetchInTime(`${url}/dev/outbox`, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Surprise(`HTTP ${response.status} from /dev/outbox`)
  return ((await response.json()) as { messages: readonly Mail[] }).messages
}
