import type { Client } from './client.js'

/** Does something whose answer never reaches the client: its cookies stay unchanged. */
export const losing = async <T>(client: Client, work: (copy: Client) => Promise<T>): Promise<T> => work(client.copy())

export const sessionCookieOf = (client: Client): string => client.cookies.get('stepgate-session') ?? ''

/** Seconds after which a client retries, all within the time an old secret stays valid. */
export const DELAYS = [1, 60, 599]
